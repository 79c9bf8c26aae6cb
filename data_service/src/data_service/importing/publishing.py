"""Publish a file: read, check, cast, and serve it, or say why not.

All of it is one transaction: whoever kills it leaves nothing behind, and readers see
the old rows until the new ones are complete (ADR 0002).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from django.db import connection, transaction

from data_service.models import DatasetVersion, Import, PhysicalTable
from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset, Table

from . import imports
from .casting import Connection
from .clashes import check_names
from .filling import Filled, Filling, fill_table
from .locking import begin_import
from .naming import camel_case
from .progress import Progress, Silent
from .rendering import is_worth_storing, request_rendering
from .snapshots import activate_snapshot, make_snapshot


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A file, and what is to become of it.

    Attributes:
        dataset: Its id; empty takes the name of the file.
        table: Its id; empty takes that of the schema, or the name of the file.
        schema: Binding, if there is one: every cell that does not fit is a fault.
        key: The column that identifies the rows; empty finds one.
        about: Title, licence and the like of the dataset; empty ones stay as they are.
        by: Who publishes.
        dry_run: Do everything but serve it.
        mend_geometry: Mend geometries that are not valid; they are refused otherwise.
    """

    path: Path
    dataset: str = ""
    table: str = ""
    schema: Dataset | None = None
    key: str = ""
    about: Dataset | None = None
    by: str = ""
    dry_run: bool = False
    mend_geometry: bool = False


@dataclass(frozen=True)
class Published:
    """What has become of a file; no snapshot after a dry run."""

    dataset: Dataset
    table: Table
    rows: int
    doubts: tuple[str, ...]
    snapshot_id: int | None


def publish(publication: Publication, progress: Progress | None = None) -> Published:
    """Publish a file as a table of a dataset.

    Raises:
        ImportingError: When that cannot be; RefusedError with the faults of the file.
    """
    dataset, table = _names(publication)
    path = publication.schema.path if publication.schema else ""
    check_names(dataset, table, path or dataset)
    source = publication.path.name
    with imports.recorded(dataset, table, source, publication.by) as record:
        publisher = _Publisher(publication, dataset, table, progress or Silent())
        with transaction.atomic():
            published = publisher.run(record)
            if publication.dry_run:
                transaction.set_rollback(True)
                record.snapshot = record.physical = None
    return published


def _names(publication: Publication) -> tuple[str, str]:
    schema = publication.schema
    stem = camel_case(publication.path.stem)
    dataset = publication.dataset or (schema.id if schema else "") or stem
    table = publication.table
    if not table and schema and len(schema.tables) == 1:
        table = schema.tables[0].id
    return dataset, table or stem


class _Publisher:
    """One import, step by step, within one transaction."""

    def __init__(
        self, publication: Publication, dataset: str, table: str, progress: Progress
    ) -> None:
        self.publication = publication
        self.dataset = dataset
        self.table = table
        self.progress = progress

    def run(self, record: Import) -> Published:
        """Do all of it; give what became of the file."""
        raw = _raw_connection()
        begin_import(raw, self.dataset)
        imports.fail_killed(self.dataset, running=record)
        physical = PhysicalTable.objects.create()
        filling = Filling(
            path=self.publication.path,
            name=physical.name,
            table=self.table,
            schema=self.publication.schema,
            key=self.publication.key,
            mend_geometry=self.publication.mend_geometry,
        )
        filled = fill_table(raw, filling, self.progress)
        physical.row_count = filled.rows
        physical.statistics = filled.statistics
        physical.save(update_fields=["row_count", "statistics"])
        self.progress.step("activating")
        return self._activate(record, filled, physical)

    def _activate(
        self, record: Import, filled: Filled, physical: PhysicalTable
    ) -> Published:
        table = filled.table
        dataset, tables = _with_table(self.publication, self.dataset, table)
        snapshot = make_snapshot(
            dataset, {**tables, table.id: physical}, by=self.publication.by
        )
        activate_snapshot(snapshot)
        if is_worth_storing(physical):
            request_rendering(physical)
        record.rows, record.snapshot = filled.rows, snapshot
        record.physical = physical
        is_served = not self.publication.dry_run
        return Published(
            dataset,
            table,
            filled.rows,
            filled.doubts,
            snapshot.pk if is_served else None,
        )


def _with_table(
    publication: Publication, dataset_id: str, table: Table
) -> tuple[Dataset, dict[str, PhysicalTable]]:
    """Put the table among those that the dataset serves now."""
    base, tables = _served(dataset_id)
    described = publication.schema or base or Dataset(dataset_id, ())
    others = tuple(t for t in base.tables if t.id != table.id) if base else ()
    dataset = replace(described, id=dataset_id, tables=(*others, table))
    return _described(dataset, publication.about), tables


def _described(dataset: Dataset, about: Dataset | None) -> Dataset:
    names = ("title", "description", "license", "owner", "homepage", "keywords")
    given = {n: getattr(about, n) for n in names if about and getattr(about, n)}
    described = replace(dataset, **given)
    return described if described.title else replace(described, title=dataset.id)


def _served(dataset_id: str) -> tuple[Dataset | None, dict[str, PhysicalTable]]:
    version = (
        DatasetVersion.objects.filter(dataset=dataset_id, current__isnull=False)
        .select_related("current")
        .order_by("-is_default")
        .first()
    )
    if version is None or version.current is None:
        return None, {}
    links = version.current.snapshottable_set.select_related("physical")
    tables = {link.table: link.physical for link in links}
    return parse_dataset(version.current.schema), tables


def _raw_connection() -> Connection:
    connection.ensure_connection()
    return cast(Connection, connection.connection)
