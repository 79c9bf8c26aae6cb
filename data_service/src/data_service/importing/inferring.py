"""From the profiles of the columns to a table: types, key, point, and the doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from data_service.schemas.tables import Field, Table
from data_service.schemas.types import GEOMETRY_NAMES

from .coordinates import find_point
from .doubts import doubt_thousands, doubt_type
from .errors import ImportingError
from .identifying import doubt_choice, rank
from .keeping import crs_as_served, described_as, geometry_as_served, keeps_type
from .naming import field_ids, free_id
from .notations import COMMA, WRITTEN, choose_notation
from .profiling import CANDIDATES, Profile
from .readers import Batch
from .readers.batches import GEOMETRY

# What a row is called by, if there is such a column.
_DISPLAYED = ("name", "naam", "title", "titel", "label", "omschrijving")
# The columns of a field that no column of the file fills.
MISSING = (-1,)
# Where the values of a key come from that numbers the rows: no column is called so.
ROW_NUMBER = "(row number)"
_LONGEST_INFERRED_KEY = 100
_ARRAYS = frozenset({"array of string", "array of integer", "array of number"})
_KEY_TYPES = ("string", "integer")


@dataclass(frozen=True)
class Source:
    """A field, and the columns of the file that it is made of.

    No column: it numbers the rows. Two columns: the coordinates of a point.
    """

    field: Field
    columns: tuple[int, ...]


IsUnique = Callable[[Source], bool]


class Inference:
    """Makes a table of what was seen.

    Args:
        key: Names the column to identify rows by; empty finds one.
        served: The table as it is served, to which it stays close.
        told: The CRS that somebody told, not the file.
    """

    def __init__(
        self, key: str = "", served: Table | None = None, told: str = ""
    ) -> None:
        self._key = key
        self._served = served
        self._told = told

    def check(self, _batch: Batch) -> None:
        """Let every cell pass: the types follow from the cells."""

    def settle(self, profiles: Sequence[Profile], _doubts: list[str]) -> None:
        """Find how the cells of each column of text are written."""
        settle_notations(profiles)

    def sources(
        self, profiles: Sequence[Profile], crs: str, doubts: list[str]
    ) -> list[Source]:
        """Give the fields of the columns."""
        sources = infer_sources(profiles, crs, doubts)
        sources = _with_point(sources, profiles, self._told, doubts)
        if self._served is not None:
            sources = _named_as_served(sources, self._served)
            sources = [keep_served(s, profiles, self._served, doubts) for s in sources]
        for source in sources:
            if source.field.type_name == "number":
                doubt_thousands(source.field.id, profiles[source.columns[0]], doubts)
        return sorted(sources, key=lambda source: source.field.type.is_geometry)

    def key(
        self,
        sources: list[Source],
        profiles: Sequence[Profile],
        is_unique: IsUnique,
        doubts: list[str],
    ) -> Source:
        """Find what identifies the rows; where nothing does, number them.

        Raises:
            ImportingError: When the column that was asked for is not there.
        """
        if self._key:
            return _named_key(self._key, sources)
        found = self._served_key(sources)
        if found is None and not self._was_numbered(sources):
            found = choose_key(sources, profiles, is_unique, doubts)
        if found is None:
            found = number_rows(sources)
            sources.insert(0, found)
            doubts.append(f"no column identifies the rows: {found.field.id} does now")
        return found

    def _served_key(self, sources: Sequence[Source]) -> Source | None:
        """Find the field that identifies the rows that are served."""
        if self._served is None:
            return None
        key = self._served.key
        same = (s for s in sources if s.field.id == key.id)
        return next((s for s in same if s.field.type_name == key.type_name), None)

    def _was_numbered(self, sources: Sequence[Source]) -> bool:
        """Tell whether the rows that are served have numbers that no file gave."""
        if self._served is None:
            return False
        names = {source.field.id for source in sources}
        key = self._served.key
        # Tables of before this was told had a plain `id`.
        plain = Field("id", "integer", required=True)
        return key.id not in names and (numbers_rows(self._served) or key == plain)

    def table(self, table_id: str, sources: Sequence[Source], key: Source) -> Table:
        """Give the table of the fields."""
        fields = (
            replace(s.field, required=True) if s == key else s.field for s in sources
        )
        names = [source.field.id for source in sources]
        display = next((name for name in _DISPLAYED if name in names), "")
        table = Table(
            table_id, tuple(fields), identifier=(key.field.id,), display=display
        )
        return described_as(table, self._served) if self._served else table


def _named_as_served(sources: Sequence[Source], served: Table) -> list[Source]:
    """Name the geometry of the file as the served one, if it has no name there."""
    return [
        Source(
            geometry_as_served(
                source.field, [s.field.id for s in sources if s != source], served
            ),
            source.columns,
        )
        for source in sources
    ]


def keep_served(
    source: Source, profiles: Sequence[Profile], served: Table, doubts: list[str]
) -> Source:
    """Give a field the type that is served, where its cells fit that too."""
    known = served.by_id.get(source.field.id)
    if known is None or len(source.columns) != 1:
        return source
    source = _placed_as_served(source, known, doubts)
    profile = profiles[source.columns[0]]
    if not profile.count:  # no rows: nothing speaks against what is served
        source = replace(source, field=replace(source.field, required=known.required))
    if known.type_name == source.field.type_name or not keeps_type(
        profile, source.field, known
    ):
        return source
    if known.type_name == "string":
        profile.notation = None
    doubts.append(f"{known.id}: stays {known.type.name}, as it is served")
    return Source(
        replace(source.field, type_name=known.type_name, crs=known.crs), source.columns
    )


def _placed_as_served(source: Source, known: Field, doubts: list[str]) -> Source:
    field = crs_as_served(source.field, known)
    if field.crs != source.field.crs:
        doubts.append(f"{known.id}: stays in {known.crs}, as it is served")
    return Source(field, source.columns)


def _named_key(name: str, sources: Sequence[Source]) -> Source:
    for source in sources:
        if name in (source.field.id, source.field.provenance):
            if source.field.type_name in _KEY_TYPES:
                return source
            raise ImportingError(
                f"'{name}' cannot identify rows: it is {source.field.type.name}"
            )
    known = ", ".join(source.field.provenance or source.field.id for source in sources)
    raise ImportingError(f"there is no column '{name}'; there is {known}")


def infer_sources(
    profiles: Sequence[Profile], crs: str, doubts: list[str]
) -> list[Source]:
    """Give the field of each column that has values or a name."""
    names = field_ids([profile.name for profile in profiles])
    sources = [
        Source(_field(profile, name, crs, doubts), (index,))
        for index, (profile, name) in enumerate(zip(profiles, names, strict=True))
        if not is_void(profile)
    ]
    for index, profile in enumerate(profiles):
        if is_void(profile):
            name = f"'{profile.name}'" if profile.name else "without a name"
            doubts.append(f"column {index + 1} {name} has no values: left out")
    _doubt_names(profiles, names, doubts)
    return sources


def is_void(profile: Profile) -> bool:
    """Tell whether a column is neither named by anyone nor has a value."""
    return profile.is_empty and profile.name in ("", GEOMETRY)


def _field(profile: Profile, name: str, crs: str, doubts: list[str]) -> Field:
    type_name = infer_type(profile)
    if crs and _is_text(profile) and profile.geometries.holds:
        # Where they lie need not be guessed; what lies elsewhere is refused by line.
        type_name = profile.geometries.type_name
    doubt = doubt_type(profile, type_name, crs)
    if doubt:
        doubts.append(f"{name}: {doubt}")
    return Field(
        id=name,
        type_name=type_name,
        required=not profile.nulls and profile.count > 0,
        crs=(crs or profile.geometries.crs) if type_name in GEOMETRY_NAMES else "",
        provenance="" if profile.name == name else profile.name,
    )


def settle_notations(profiles: Sequence[Profile]) -> None:
    """Find how the cells of each column of text write numbers and dates."""
    texts = [profile for profile in profiles if _is_text(profile)]
    for profile in texts:
        found = choose_notation(
            profile.writing, WRITTEN, has_fractions=profile.has_fractions
        )
        if found and infer_type(profile) == "string" and not profile.pointed:
            profile.settle(found[0])
    numbers = [p for p in texts if infer_type(p) in ("number", "string")]
    follow_commas(profiles, numbers)


def follow_commas(profiles: Iterable[Profile], others: Iterable[Profile]) -> None:
    """Read 1,234, and 1.234 (which is thousands), as columns with a comma say."""
    if not any(profile.notation == COMMA for profile in profiles):
        return
    for profile in others:
        is_open = COMMA in profile.writing.open and profile.writing.sample
        if is_open and profile.notation is None:
            profile.settle(COMMA)


def _is_text(profile: Profile) -> bool:
    return not profile.kinds and not profile.is_empty


def infer_type(profile: Profile) -> str:
    """Give the narrowest type that all cells of the column have."""
    if profile.is_empty:
        return _type_of_kinds(profile.kinds) if profile.kinds else "string"
    if profile.notation is not None:
        fractions = profile.has_fractions
        return profile.writing.types(profile.notation, has_fractions=fractions)
    if profile.kinds and profile.kinds != {"string"}:
        return _type_of_kinds(profile.kinds)
    names = CANDIDATES[3:] if profile.kinds else CANDIDATES
    for name in names:
        if not profile.candidates[name].holds:
            continue
        if name == "number" and (profile.pointed or not profile.has_fractions):
            continue  # numbered things, or too many digits for an integer: text
        return name
    return profile.geometries.type_name if _is_placed(profile) else "string"


def _is_placed(profile: Profile) -> bool:
    """Tell whether a column of text has geometries whose CRS is known."""
    return (
        _is_text(profile) and profile.geometries.holds and bool(profile.geometries.crs)
    )


def _type_of_kinds(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return "array of string" if kinds == {"array"} else next(iter(kinds))
    if kinds <= {"integer", "number"}:
        return "number"
    if kinds <= {"array", "array of integer", "array of number"}:
        return next(n for n in ("array of number", "array of integer") if n in kinds)
    if kinds <= {"array", "array of string"}:
        return "array of string"
    if kinds <= {*_ARRAYS, "array", "object/json"}:
        return "object/json"
    return "Geometry" if kinds <= set(GEOMETRY_NAMES) else "string"


def _doubt_names(
    profiles: Sequence[Profile], names: Sequence[str], doubts: list[str]
) -> None:
    originals = [profile.name for profile in profiles]
    for index, (original, name) in enumerate(zip(originals, names, strict=True)):
        if not original and not profiles[index].is_empty:
            doubts.append(f"column {index + 1} has no name: called '{name}'")
        elif original and original in originals[:index]:
            doubts.append(f"'{original}' is there twice: the second is '{name}'")


def _with_point(
    sources: list[Source], profiles: Sequence[Profile], crs: str, doubts: list[str]
) -> list[Source]:
    """Make one point of two coordinates."""
    if any(source.field.type.is_geometry for source in sources):
        return sources
    found = find_point(number_columns(sources), profiles, crs, doubts)
    if found is None:
        return sources
    pair, point_crs = found
    kept = [s for s in sources if s.columns[0] not in pair]
    longitude, latitude = (profiles[column] for column in pair)
    point = Field(
        id=free_id("geometry", [s.field.id for s in kept]),
        type_name="Point",
        required=not longitude.nulls and not latitude.nulls and longitude.count > 0,
        crs=point_crs,
        provenance=f"{longitude.name},{latitude.name}",
    )
    return [*kept, Source(point, pair)]


def number_columns(sources: Sequence[Source]) -> set[int]:
    """Give the columns that are numbers of their own."""
    numbers = [s for s in sources if s.field.type_name in ("integer", "number")]
    return {column for source in numbers for column in source.columns}


def choose_key(
    sources: Sequence[Source],
    profiles: Sequence[Profile],
    is_unique: IsUnique,
    doubts: list[str],
) -> Source | None:
    """Find the column that identifies the rows; None when there is none.

    Those whose names are likely go first (`identifying.rank`), then in their order.
    """
    able = [s for s in sources if _could_identify(s, profiles)]
    named = [s for s in sources if s.field.id == "id" and s not in able]
    for source in named:
        doubts.append(f"{source.field.id}: not every row has one of its own: no key")
    able.sort(key=lambda s: rank(s.field.id, is_first=s.columns == (0,)))
    for number, source in enumerate(able, 1):
        if is_unique(source):
            others = [other.field.id for other in able[number:]]
            doubts += filter(None, [doubt_choice(source.field.id, others)])
            return source
    return None


def _could_identify(source: Source, profiles: Sequence[Profile]) -> bool:
    if source.field.type_name not in _KEY_TYPES or len(source.columns) != 1:
        return False
    profile = profiles[source.columns[0]]
    is_short = profile.longest <= _LONGEST_INFERRED_KEY
    return profile.is_distinct and not profile.nulls and is_short


def number_rows(sources: Sequence[Source]) -> Source:
    """Make a key that numbers the rows of the file."""
    taken = [source.field.id for source in sources]
    name = "id" if "id" not in taken else free_id("rowNumber", taken)
    field = Field(name, "integer", required=True, provenance=ROW_NUMBER)
    return Source(field, ())


def numbers_rows(table: Table) -> bool:
    """Tell whether the identifier of a table numbers the rows of its file."""
    return table.key.provenance == ROW_NUMBER


def is_ordered(source: Source, profiles: Sequence[Profile]) -> bool:
    """Tell whether the rows of the file are in the order of their key."""
    if not source.columns:
        return True
    profile = profiles[source.columns[0]]
    if not profile.is_distinct:
        return False
    ascending = profile.ascending
    is_integer = source.field.type_name == "integer"
    return ascending.as_integers if is_integer else ascending.as_text
