"""Walks the staged geometries, and keeps what becomes of them beside the rows.

The rows are walked in batches, so that memory stays flat. What is stored of their
geometries stands in a temporary table per field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress

from psycopg import sql

from data_service.crs.transforming import is_known
from data_service.schemas.tables import Field

from . import geometries, staging
from .casting import Connection
from .faults import Faults, counted
from .inferring import Source
from .profiling import Profile
from .shapes import Shaper

_BATCH = 2000


def convert_geometries(
    connection: Connection,
    sources: Sequence[Source],
    profiles: Sequence[Profile],
    faults: Faults,
    *,
    shaper_of: Callable[[Field], Shaper],
) -> tuple[list[Source], list[str]]:
    """Convert the geometry fields that need more than SQL; note what is wrong.

    Gives the sources, with what mending and empty geometries have changed, and doubts;
    counts the empty ones in the profiles.
    """
    converted, doubts = [], []
    for number, source in enumerate(sources):
        if geometries.is_converted(source):
            shaper = shaper_of(source.field)
            _convert_field(connection, (number, source), shaper, faults)
            required = source.field.required and not shaper.empty
            kept = replace(source.field, type_name=shaper.type_name, required=required)
            source = replace(source, field=kept)  # noqa: PLW2901
            profiles[source.columns[0]].nulls += shaper.empty
            doubts += _doubts(shaper)
        converted.append(source)
    return converted, doubts


def _doubts(shaper: Shaper) -> list[str]:
    name, found = shaper.field.id, []
    if shaper.mended:
        found.append(f"{name}: geometries mended: {shaper.mended:,}")
    if shaper.empty:
        empty = counted(shaper.empty, "empty geometry", "empty geometries")
        found.append(f"{name}: {empty} read as no value")
    if shaper.trimmed:
        count = counted(shaper.trimmed, "geometry", "geometries")
        found.append(f"{name}: empty parts left out of {count}")
    return found


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
        "SELECT _row, _line, {text} FROM {table} WHERE {text} IS NOT NULL"
    ).format(text=geometries.text(source), table=staging.NAME)
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
