"""From a file to a physical table: straight, where the first rows tell how, or staged.

Straight is faster, since PostgreSQL casts and stores while the file is still being
read. It needs a file in the order of its identifier, whose later rows are like its
first ones. Where that turns out wrong, nothing is lost but time: the file is read
again, staged as text, and cast once everything is known (ADR 0013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from psycopg.errors import DataError

from data_service.schemas.tables import Dataset, Field, Table

from .asking import option
from .binding import Binding
from .casting import Casting, Connection, cast_rows, find_doubles, has_doubles
from .converting import convert_geometries
from .coordinates import note_bound_numbers, note_no_numbers
from .errors import ImportingError, RefusedError
from .faults import Faults
from .guessing import GuessedTable, GuessError
from .inferring import MISSING, Inference, Source, is_ordered, number_columns
from .limits import check_written
from .loading import TOO_LARGE, load, size_faults
from .notations import Notation
from .profiling import Profile
from .progress import Progress
from .readers import MisledError, Reader, open_quickly, open_reader
from .shapes import Shaper
from .staging import Staging, measure, rewrite


@dataclass(frozen=True)
class Filled:
    """A physical table that was filled, and what is known of it for good.

    `key` is what identifies the rows; None when they were not staged.
    """

    table: Table
    rows: int
    doubts: tuple[str, ...]
    statistics: dict[str, Any]
    key: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What to fill a physical table with.

    Attributes:
        path: The file.
        name: Of the physical table.
        table: The id of the table.
        form: The name of the file's kind; empty takes that of its name.
        part: The sheet or layer; empty takes the first.
        crs: Of geometries whose file does not tell.
        schema: Binding, if there is one.
        key: The column that identifies the rows; empty finds one.
        mend_geometry: Mend geometries that are not valid.
        served: The table as it is served; what is inferred stays close to it.
        numbers_on: Number the rows when no column fills the key of the schema.
        keeps_ids: Read the ids of features also when they repeat a property.
    """

    path: Path
    name: str
    table: str
    form: str = ""
    part: str = ""
    crs: str = ""
    schema: Dataset | None = None
    key: str = ""
    mend_geometry: bool = False
    served: Table | None = None
    numbers_on: bool = False
    keeps_ids: bool = False


def fill_table(connection: Connection, filling: Filling, progress: Progress) -> Filled:
    """Make the physical table of a file, within the caller's transaction.

    Raises:
        RefusedError: With every fault of the file.
        ImportingError: When what was asked for cannot be.
    """
    plan = _plan(filling, Faults())
    # A CRS that was told is that of geometries which are converted, from the stage.
    if isinstance(plan, Inference) and not filling.crs:
        try:
            with connection.transaction():
                return _fill_straight(connection, filling, progress, plan)
        except (GuessError, UnicodeDecodeError, DataError, *TOO_LARGE):
            progress.step("reading thoroughly")
    faults = Faults()
    try:
        return _fill_staged(connection, filling, progress)
    except DataError as error:
        faults.add(0, f"does not fit PostgreSQL: {error.diag.message_primary}")
        raise RefusedError(faults) from error


def _plan(filling: Filling, faults: Faults) -> Inference | Binding:
    """Choose what decides on the types: the schema, or the cells."""
    if filling.schema is None:
        return Inference(filling.key, filling.served, filling.crs)
    table = filling.schema.table(filling.table)
    if table is None:
        known = ", ".join(t.id for t in filling.schema.tables)
        raise ImportingError(
            f"the schema has no table '{filling.table}'; "
            f"give {option('table')}: {known}"
        )
    if filling.key not in ("", table.key.id):
        raise ImportingError(f"the schema identifies rows by '{table.key.id}'")
    return Binding(table, faults, numbers_on=filling.numbers_on)


def _fill_straight(
    connection: Connection, filling: Filling, progress: Progress, plan: Inference
) -> Filled:
    faults, profiles = Faults(), list[Profile]()
    form, part = filling.form, filling.part
    reader = open_quickly(filling.path, faults, form=form, part=part)
    if reader is None or faults:
        raise GuessError
    progress.opened(reader.facts)
    with GuessedTable(connection, filling.name, plan, profiles) as table:
        load(reader, table, progress, check=plan.check, profiles=profiles)
        if faults:
            raise GuessError  # the other way names every fault
        table.end()
    doubts = list(reader.doubts)
    casting = table.finish(doubts)
    described = plan.table(filling.table, casting.sources, casting.key)
    progress.inferred(described, doubts)
    statistics = _statistics(
        casting.sources, profiles, table.bytes // max(table.rows, 1)
    )
    return Filled(described, table.rows, tuple(doubts), statistics)


def _fill_staged(
    connection: Connection, filling: Filling, progress: Progress
) -> Filled:
    try:
        with connection.transaction():
            return _Stages(connection, filling, progress).run()
    except MisledError:
        progress.step("reading again, with ids")
        filling = replace(filling, keeps_ids=True)
        return _Stages(connection, filling, progress).run()


def _open(filling: Filling, faults: Faults, progress: Progress) -> Reader:
    reader = open_reader(
        filling.path,
        faults,
        form=filling.form,
        part=filling.part,
        keeps_ids=filling.keeps_ids,
    )
    if faults:
        raise RefusedError(faults)
    progress.opened(reader.facts)
    return reader


class _Stages:
    """Fills a physical table by way of the staging table, step by step."""

    def __init__(
        self, connection: Connection, filling: Filling, progress: Progress
    ) -> None:
        self.connection = connection
        self.filling = filling
        self.progress = progress
        self.faults = Faults()
        self.doubts: list[str] = []
        self.profiles: list[Profile] = []
        self.plan = _plan(filling, self.faults)

    def run(self) -> Filled:
        """Read, check, cast."""
        sources, average = self._stage()
        self.progress.step("checking keys")
        key = self._find_key(sources)
        sources = self._convert(sources)
        table = self.plan.table(self.filling.table, sources, key)
        self.progress.inferred(table, self.doubts)
        self.progress.step("casting")
        ordered = is_ordered(key, self.profiles)
        casting = Casting(self.filling.name, sources, key, ordered)
        rows = cast_rows(self.connection, casting, self.faults)
        self._refuse_faults()
        statistics = _statistics(sources, self.profiles, average)
        return Filled(table, rows, tuple(self.doubts), statistics, key)

    def _stage(self) -> tuple[list[Source], int]:
        """Stage all rows; give the fields, and the bytes of a row."""
        reader = _open(self.filling, self.faults, self.progress)
        empty_is_null = reader.empty_is_null
        with (
            size_faults(self.faults),
            Staging(self.connection, empty_is_null=empty_is_null) as staging,
        ):
            check, profiles = self.plan.check, self.profiles
            load(reader, staging, self.progress, check=check, profiles=profiles)
        self.doubts += reader.doubts
        self._settle_notations()
        crs = self.filling.crs or reader.crs
        sources = self.plan.sources(self.profiles, crs, self.doubts)
        check_written(self.connection, sources, self.profiles, self.faults)
        self._see_crs(sources)
        self._refuse_faults()
        rewrite(self.connection, _notations(self.profiles))
        return sources, staging.bytes // max(staging.rows, 1)

    def _settle_notations(self) -> None:
        """Find how columns are written, and between which numbers coordinates lie."""
        self.plan.settle(self.profiles, self.doubts)
        written = {
            index: notation
            for index, notation in _notations(self.profiles).items()
            if self.profiles[index].tracks_range and notation.type_name == "number"
        }
        for index, found in measure(self.connection, written).items():
            self.profiles[index].range = found

    def _see_crs(self, sources: Sequence[Source]) -> None:
        placed = [source for source in sources if source.field.type.is_geometry]
        if self.filling.crs and not placed:
            numbers = number_columns(sources)
            bound = isinstance(self.plan, Binding)
            note = note_bound_numbers if bound else note_no_numbers
            note(numbers, self.profiles, self.faults, self.doubts)
        for source in placed:
            if not source.field.crs:
                told = option("crs")
                reason = f"has geometries in a CRS that nothing tells; give {told}"
                self.faults.add(0, reason, column=source.field.id)

    def _find_key(self, sources: list[Source]) -> Source:
        def is_unique(source: Source) -> bool:
            is_known = is_ordered(source, self.profiles)
            return is_known or not has_doubles(self.connection, source)

        key = self.plan.key(sources, self.profiles, is_unique, self.doubts)
        if not is_ordered(key, self.profiles):
            find_doubles(self.connection, key, self.faults)
        self._refuse_faults()
        return key

    def _convert(self, sources: list[Source]) -> list[Source]:
        self.progress.step("converting geometries")
        converted, doubts = convert_geometries(
            self.connection,
            sources,
            self.profiles,
            self.faults,
            shaper_of=self._shaper_of,
        )
        self._refuse_faults()
        self.doubts += doubts
        return converted

    def _shaper_of(self, field: Field) -> Shaper:
        served = self.filling.served
        known = served.by_id.get(field.id) if served else None
        return Shaper(
            field,
            mends=self.filling.mend_geometry,
            is_bound=self.filling.schema is not None,
            is_kept=known is not None and known.type_name == field.type_name,
        )

    def _refuse_faults(self) -> None:
        if self.faults:
            raise RefusedError(self.faults)


def _notations(profiles: Sequence[Profile]) -> dict[int, Notation]:
    """Give how the cells of a column are written, where it is not our way."""
    return {i: p.notation for i, p in enumerate(profiles) if p.notation is not None}


def _statistics(
    sources: Sequence[Source], profiles: Sequence[Profile], average: int
) -> dict[str, Any]:
    """Give what is known of the rows for good."""
    nulls = {
        s.field.id: {"nulls": max(profiles[i].nulls for i in s.columns)}
        for s in sources
        if s.columns and s.columns != MISSING
    }
    return {"fields": nulls, "average_row_bytes": average}
