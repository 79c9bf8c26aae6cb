"""A table of the served rows with a change: rows added, replaced or gone."""

from __future__ import annotations

from data_service.models import PhysicalTable
from data_service.schemas.tables import Dataset, Table

from .casting import Casting, Connection
from .errors import ImportingError, RefusedError
from .faults import Faults
from .filling import Filled, Filling, fill_table
from .inferring import Source
from .merging import (
    Merge,
    check_conditions,
    count_nulls,
    drop_table,
    find_clashes,
    merge_rows,
)
from .progress import Progress
from .publications import Mode, Publication

Before = tuple[Table, PhysicalTable] | None


def revise_table(
    connection: Connection,
    publication: Publication,
    target: tuple[str, PhysicalTable, Before],
    progress: Progress,
) -> Filled:
    """Make the physical table of the served rows, changed as the publication says.

    Raises:
        ImportingError: When the table is not served, or has no such field.
        RefusedError: With every fault of the file.
    """
    table_id, physical, before = target
    if before is None:
        raise ImportingError(f"nothing of the table '{table_id}' is served")
    table, served = before
    check_conditions(table, publication.without)
    part = _fill_part(connection, publication, (table, physical), progress)
    key = part.filled.key if part else None
    merge = Merge(
        _casting(table, physical.name),
        table,
        served.name,
        part.name if part else "",
        publication.without,
        is_numbered=key is not None and not key.columns,
    )
    if publication.mode is Mode.APPEND and key and key.columns:
        _refuse_clashes(connection, merge, key)
    progress.step("putting rows together")
    rows = merge_rows(connection, merge)
    if part:
        drop_table(connection, part.name)
    statistics = {**served.statistics}
    statistics["fields"] = count_nulls(connection, physical.name, table)
    doubts = part.filled.doubts if part else ()
    return Filled(table, rows, doubts, statistics)


class _Part:
    """The rows of the file, in a physical table that is a step only."""

    def __init__(self, name: str, filled: Filled) -> None:
        self.name = name
        self.filled = filled


def _fill_part(
    connection: Connection,
    publication: Publication,
    target: tuple[Table, PhysicalTable],
    progress: Progress,
) -> _Part | None:
    if publication.path is None:
        return None
    table, physical = target
    is_numbering = publication.mode is Mode.APPEND and table.key.type_name == "integer"
    filling = Filling(
        path=publication.path,
        name=f"{physical.name}_part",
        table=table.id,
        form=publication.form,
        part=publication.part,
        crs=publication.crs,
        schema=Dataset("", (table,)),
        key=publication.key,
        numbers_on=is_numbering,
        mend_geometry=publication.mend_geometry,
    )
    return _Part(filling.name, fill_table(connection, filling, progress))


def _casting(table: Table, name: str) -> Casting:
    """Describe the outcome; where the fields come from plays no part here."""
    sources = [Source(field, (0,)) for field in table.fields]
    key = next(source for source in sources if source.field == table.key)
    return Casting(name, sources, key, ordered=False)


def _refuse_clashes(connection: Connection, merge: Merge, key: Source) -> None:
    faults = Faults()
    find_clashes(connection, merge, key, faults)
    if faults:
        raise RefusedError(faults)
