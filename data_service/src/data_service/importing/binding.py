"""A schema that was given is binding: every cell that does not fit it is a fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from itertools import count

from data_service.crs.systems import are_alike
from data_service.schemas.tables import CRS84, Field, Table

from .cells import CELL_CHECKS
from .coordinates import name_pair
from .doubts import doubt_type, why_either
from .errors import ImportingError
from .faults import Faults
from .inferring import MISSING, IsUnique, Source, follow_commas, is_void
from .limits import bounded_columns, is_bounded, reason, within
from .naming import default_id
from .notations import WRITTEN, choose_notation, possible_notations
from .profiling import Profile
from .readers import Batch
from .readers.batches import GEOMETRY


@dataclass
class _Pending:
    """What is wrong with a column, unless it is written in a notation of people."""

    field: Field
    misfits: Faults = dataclass_field(default_factory=Faults)
    beyond: Faults = dataclass_field(default_factory=Faults)

    @property
    def may_have_commas(self) -> bool:
        """Tell whether 1.234 may mean thousands, where other columns have commas."""
        return self.field.type_name in ("integer", "number")


class Binding:
    """Checks the rows of a file against a table of a schema."""

    def __init__(
        self, table: Table, faults: Faults, *, numbers_on: bool = False
    ) -> None:
        self._table = table
        self._numbers_on = numbers_on
        self._faults = faults
        self._names: tuple[str, ...] = ()
        self._sources: list[Source] = []
        self._pending: dict[int, _Pending] = {}

    def check(self, batch: Batch) -> None:
        """Note every cell that does not fit its field."""
        if batch.names != self._names:
            self._names = batch.names
            self._sources = match_columns(self._table, batch.names)
        columns = list(zip(*batch.rows, strict=True))
        if not columns:
            return
        for source in self._sources:
            for index, field in bounded_columns(source, batch.names):
                cells = columns[index]
                if not field.type.is_geometry:
                    self._check_column((index, field), cells, batch)
                self._check_presence(field, cells, batch)

    def settle(self, profiles: Sequence[Profile], doubts: list[str]) -> None:
        """Take cells that do not fit for a notation that all of the column has."""
        for index, column in self._pending.items():
            profile, wanted = profiles[index], (column.field.type_name,)
            fractions = profile.has_fractions
            found = choose_notation(profile.writing, wanted, has_fractions=fractions)
            if found and column.misfits:
                profile.settle(found[0])
        follow_commas(
            profiles,
            [
                profiles[i]
                for i, column in self._pending.items()
                if column.may_have_commas and column.misfits
            ],
        )
        for index, column in self._pending.items():
            if profiles[index].notation is None:
                self._faults.extend(_explained(column, profiles[index]))
                self._faults.extend(column.beyond)
                continue
            doubt = doubt_type(profiles[index], column.field.type_name)
            doubts.append(f"{column.field.id}: {doubt}")

    def sources(
        self,
        profiles: Sequence[Profile],
        crs: str,
        doubts: list[str],
    ) -> list[Source]:
        """Give where each field comes from; columns without a field are faults."""
        names = [profile.name for profile in profiles]
        sources = match_columns(self._table, names)
        used = {column for source in sources for column in source.columns}
        for index, profile in enumerate(profiles):
            if index not in used and not is_void(profile):
                self._faults.add(1, "is no field of the schema", column=profile.name)
        self._check_crs(sources, profiles, crs)
        if self._numbers_on and self._table.key not in [s.field for s in sources]:
            sources.insert(0, Source(self._table.key, ()))
        matched = {source.field.id for source in sources}
        missing = [f for f in self._table.fields if f.id not in matched]
        for field in missing:
            if field.required:
                self._faults.add(1, "is required, and has no column", column=field.id)
            else:
                doubts.append(f"{field.id}: the file has no such column; it is empty")
        return [*sources, *(Source(field, MISSING) for field in missing)]

    def key(
        self,
        sources: list[Source],
        _profiles: Sequence[Profile],
        _is_unique: IsUnique,
        _doubts: list[str],
    ) -> Source:
        """Give where the identifier of the schema comes from.

        Raises:
            ImportingError: When the file has no column for it.
        """
        source = next((s for s in sources if s.field == self._table.key), None)
        if source is None or source.columns == MISSING:
            name = self._table.key.id
            raise ImportingError(f"no column fills the identifier '{name}'")
        return source

    def table(self, table_id: str, _sources: Sequence[Source], _key: Source) -> Table:
        """Give the table of the schema."""
        return replace(self._table, id=table_id)

    def _check_column(
        self,
        place: tuple[int, Field],
        column: Sequence[str | None],
        batch: Batch,
    ) -> None:
        index, field = place
        check = CELL_CHECKS[field.type_name]
        cells, lines = [cell or "" for cell in column], batch.lines
        misfits = beyond = self._faults
        if batch.kinds is None and field.type_name in WRITTEN and not field.enum:
            pending = self._pending.setdefault(index, _Pending(field))
            misfits, beyond = pending.misfits, pending.beyond
        if not check.fits_all(cells):
            why = f"is no {field.type.name}"
            _note_misfits(field, cells, lines, (check.fits, why, misfits))
        if field.enum:
            allowed = {str(value) for value in field.enum}
            why = f"is none of {', '.join(sorted(allowed))}"
            fits = allowed.__contains__
            _note_misfits(field, cells, lines, (fits, why, self._faults))
        if is_bounded(field):
            limits = (within(field), reason(field), beyond)
            _note_misfits(field, cells, lines, limits)

    def _check_presence(
        self, field: Field, cells: Sequence[str | None], batch: Batch
    ) -> None:
        # JSON and the like tell an empty text from no value, as text files cannot.
        is_told = batch.kinds is not None and field.type.column_type == "text"
        missing = (None,) if is_told else (None, "")
        if not field.required or not any(value in cells for value in missing):
            return
        for line, cell in zip(batch.lines, cells, strict=True):
            if cell in missing:
                self._faults.add(line, "is empty, and required", column=field.id)

    def _check_crs(
        self, sources: list[Source], profiles: Sequence[Profile], crs: str
    ) -> None:
        """Note a file whose coordinates mean something else than the schema says.

        A file that does not tell is taken for RD or CRS84 by its first coordinates,
        which are the same numbers in RD with heights and in ETRS89.
        """
        for source in sources:
            field, columns = source.field, source.columns
            is_stated = bool(crs) and not all(profiles[i].is_empty for i in columns)
            is_stated = is_stated and not are_alike(crs, field.crs)
            if field.type.is_geometry and is_stated:
                reason = f"is in {crs}; the schema says {field.crs}"
                self._faults.add(0, reason, column=field.id)


def _explained(column: _Pending, profile: Profile) -> Faults:
    """Say of cells that do not fit when that is because they may mean two things."""
    kind = column.field.type_name
    fractions = profile.has_fractions
    found = possible_notations(profile.writing, (kind,), has_fractions=fractions)
    if len(found) < 2:
        return column.misfits
    told = Faults()
    for fault in column.misfits:
        reason = why_either(fault.value, kind)
        told.add(fault.line, reason, column=fault.column, value=fault.value)
    told.add_uncounted(column.misfits.count - told.count)
    return told


def _note_misfits(
    field: Field,
    cells: Sequence[str],
    lines: Sequence[int],
    check: tuple[Callable[[str], bool], str, Faults],
) -> None:
    fits, reason, faults = check
    for line, cell in zip(lines, cells, strict=True):
        if cell and not fits(cell):
            faults.add(line, reason, column=field.id, value=cell)


def match_columns(table: Table, names: Sequence[str]) -> list[Source]:
    """Find the column of each field: by its provenance, its id, or its id in words."""
    places = _Places(names)
    # Of columns of one name, the first is the field that is called so, or its point.
    fields = sorted(table.fields, key=_is_called_otherwise)
    found = {field.id: _columns(field, table, names, places) for field in fields}
    return [Source(f, found[f.id]) for f in table.fields if found[f.id]]


def _is_called_otherwise(field: Field) -> bool:
    return bool(field.provenance) and not field.type.is_geometry


class _Places:
    """Where the columns of each name stand: as it is, and then as an id."""

    def __init__(self, names: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        self._taken: set[int] = set()
        for spelled in (names, map(default_id, names, count(1))):
            for index, name in enumerate(spelled):
                self._places.setdefault(name, []).append(index)

    def __contains__(self, name: str) -> bool:
        return bool(name) and name in self._places

    def take(self, name: str) -> int:
        """Give the first that is not taken; where all are, the first."""
        places = self._places[name]
        place = next((p for p in places if p not in self._taken), places[0])
        self._taken.add(place)
        return place


def _columns(
    field: Field, table: Table, names: Sequence[str], places: _Places
) -> tuple[int, ...]:
    for name in (field.provenance, field.id):
        if name in places:
            return (places.take(name),)
    if not field.type.is_geometry:
        return ()
    parts = field.provenance.split(",")
    if len(parts) == 2 and all(part in places for part in parts):
        return (places.take(parts[0]), places.take(parts[1]))
    if field != table.geometry:
        return ()
    if GEOMETRY in places:
        return (places.take(GEOMETRY),)
    pair = name_pair(names) if field.type_name == "Point" else None
    return pair if pair and field.crs == CRS84 else ()
