"""Walks the staged geometries, and keeps what becomes of them beside the rows.

The rows are walked in batches, so that memory stays flat. What is stored of their
geometries stands in a temporary table per field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

from psycopg import sql

from data_service.crs.transforming import is_known

from . import geometries, staging
from .casting import Connection
from .faults import Faults
from .inferring import Source
from .shapes import Shaper

_BATCH = 2000


def convert_geometries(
    connection: Connection,
    sources: Sequence[Source],
    faults: Faults,
    *,
    mends: bool = False,
    is_bound: bool = True,
) -> tuple[list[Source], list[str]]:
    """Convert the geometry fields that need more than SQL; note what is wrong.

    Gives the sources, with the types that mending has changed, and doubts. `is_bound`
    says that a schema forbids such changes.
    """
    converted, doubts = [], []
    for number, source in enumerate(sources):
        if geometries.is_converted(source):
            shaper = Shaper(source.field, mends, is_bound)
            _convert_field(connection, (number, source), shaper, faults)
            kept = replace(source.field, type_name=shaper.type_name)
            source = replace(source, field=kept)  # noqa: PLW2901
            if shaper.mended:
                doubts.append(f"{kept.id}: geometries mended: {shaper.mended:,}")
        converted.append(source)
    return converted, doubts


def _convert_field(
    connection: Connection,
    place: tuple[int, Source],
    shaper: Shaper,
    faults: Faults,
) -> None:
    number, source = place
    if not is_known(source.field.crs):
        faults.add(0, f"has a CRS that is unknown: {source.field.crs}")
        return
    connection.execute(geometries.create(number))
    query = sql.SQL(
        "SELECT _row, _line, {column} FROM {table} WHERE {column} IS NOT NULL"
    ).format(column=staging.column(source.columns[0]), table=staging.NAME)
    with connection.cursor(name="kade_geometries") as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(_BATCH):
            with (
                connection.cursor() as writer,
                writer.copy(geometries.copy(number)) as copy,
            ):
                for row in _convert(shaper, rows, faults):
                    copy.write_row(row)
    connection.execute(geometries.analyze(number))


def _convert(
    shaper: Shaper, rows: Sequence[tuple[object, ...]], faults: Faults
) -> list[tuple[object, ...]]:
    """Give the row number and what is stored of each geometry."""
    reasons, stored = shaper.shape([str(text) for _, _, text in rows])
    for (_, line, text), reason in zip(rows, reasons, strict=True):
        if reason:
            name, value = shaper.field.id, str(text)
            faults.add(int(str(line)), reason, column=name, value=value)
    numbers = compress((row[0] for row in rows), (not r for r in reasons))
    return [(n, *columns) for n, columns in zip(numbers, stored, strict=True)]
