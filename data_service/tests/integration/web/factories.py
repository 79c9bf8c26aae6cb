"""Published datasets for the pages, made without an import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import connection
from psycopg import sql

from data_service.models import (
    Dataset,
    DatasetVersion,
    PhysicalTable,
    Snapshot,
    SnapshotTable,
)
from data_service.schemas import tables as schemas
from data_service.schemas.writing import dataset_to_json

LOADED_AT = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


def trees(dataset_id: str = "trees", **facts: object) -> schemas.Dataset:
    """Describe a dataset of one table."""
    fields = (
        schemas.Field("id", "integer", required=True),
        schemas.Field("name", "string", title="Name", description="As on its plate."),
        schemas.Field("height", "number", unit="m"),
        schemas.Field("geometry", "Point", crs="CRS84"),
    )
    table = schemas.Table("tree", fields, title="Trees on the quay")
    return schemas.Dataset(dataset_id, (table,), path=dataset_id, **facts)  # type: ignore[arg-type]


def publish(
    dataset: schemas.Dataset, rows: Sequence[Sequence[object]] = ()
) -> DatasetVersion:
    """Publish a dataset whose tables all have these rows (a value a column)."""
    version = DatasetVersion.objects.create(
        dataset=Dataset.objects.create(id=dataset.id, path=dataset.path)
    )
    version.current = Snapshot.objects.create(
        version=version, schema=dataset_to_json(dataset), activated_at=LOADED_AT
    )
    version.save()
    for table in dataset.tables:
        physical = PhysicalTable.objects.create(
            row_count=len(rows), statistics={"fields": {"name": {"nulls": 7}}}
        )
        _create(physical.name, table, rows)
        SnapshotTable.objects.create(
            snapshot=version.current, table=table.id, physical=physical
        )
    return version


def _create(name: str, table: schemas.Table, rows: Sequence[Sequence[object]]) -> None:
    columns = [("_ordinal", "bigint"), *_columns(table)]
    definition = [sql.Identifier(n) + sql.SQL(f" {kind}") for n, kind in columns]
    target = sql.Identifier("rows", name)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS rows")
        cursor.execute(
            sql.SQL("CREATE TABLE {} ({})").format(
                target, sql.SQL(", ").join(definition)
            )
        )
        for ordinal, row in enumerate(rows, start=1):
            values = sql.SQL(", ").join(map(sql.Literal, (ordinal, *row)))
            cursor.execute(sql.SQL("INSERT INTO {} VALUES ({})").format(target, values))


def _columns(table: schemas.Table) -> list[tuple[str, str]]:
    return [
        (field.wkt_column, "text")
        if field.type.is_geometry
        else (field.column, field.type.column_type)
        for field in table.fields
    ]
