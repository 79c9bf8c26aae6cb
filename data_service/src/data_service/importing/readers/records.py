"""Objects of JSON as rows: a column per member, also of members that come later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from data_service.importing.faults import UNSTORABLE, Faults
from data_service.importing.written_geometries import WrittenGeometries
from data_service.schemas.types import GEOMETRY_NAMES

from .batches import BATCH_ROWS, GEOMETRY, MOST_COLUMNS, Batch
from .feature_ids import FeatureIds
from .json_cells import cell_of, compact, why_not_stored

_KINDS = (*GEOMETRY_NAMES[:-1], "GeometryCollection")
Path = tuple[str, ...]


class Records:
    """Gathers objects into batches; knows the columns, and where geometries are."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.geometries = WrittenGeometries()
        self.ids = FeatureIds()
        self._names: list[str] = []
        self._places: dict[Path, int] = {}

    def batches(self, records: Iterable[tuple[int, Any]]) -> Iterator[Batch]:
        """Give objects with their lines as batches; at least one batch."""
        filling = _Filling()
        for line, record in records:
            self._add(filling, line, record)
            if len(filling.rows) >= BATCH_ROWS:
                yield filling.finish(self._names)
                filling = _Filling()
        if not self.faults:
            yield filling.finish(self._names)

    def _add(self, filling: _Filling, line: int, record: Any) -> None:
        if not isinstance(record, dict):
            self.faults.add(line, "is no JSON object", value=str(record)[:200])
            return
        row: dict[int, str] = {}
        for path, value in _members(record, self.ids):
            if value is None:
                # A column is one also when its first value is missing.
                self._place(path, line)
                continue
            self._put(filling, row, line, (path, value))
        filling.lines.append(line)
        filling.rows.append(row)

    def _put(
        self,
        filling: _Filling,
        row: dict[int, str],
        line: int,
        member: tuple[Path, Any],
    ) -> None:
        path, value = member
        place = self._place(path, line)
        if place is None:
            return
        kind, text = self._cell(value)
        reason = why_not_stored(kind, text)
        if reason:
            self.faults.add(line, reason, column=path[-1], value=text)
            return
        filling.kinds.setdefault(place, set()).add(kind)
        row[place] = text

    def _cell(self, value: Any) -> tuple[str, str]:
        name = _geometry_name(value)
        if not name:
            return cell_of(value)
        kept = ("type", "coordinates", "geometries")
        text = compact({k: value[k] for k in kept if k in value})
        self.geometries.see([text])
        return name, text

    def _place(self, path: Path, line: int) -> int | None:
        found = self._places.get(path)
        if found is not None:
            return found
        if UNSTORABLE.search(path[-1]):
            reason = "has a member whose name cannot be stored"
            self.faults.add(line, reason, value=path[-1])
            return None
        if len(self._names) >= MOST_COLUMNS:
            reason = f"makes more than the {MOST_COLUMNS:,} columns that are possible"
            self.faults.add(line, reason, value=path[-1])
            return None
        self._places[path] = len(self._names)
        self._names.append(path[-1])
        return self._places[path]


class _Filling:
    """A batch that is being filled."""

    def __init__(self) -> None:
        self.kinds: dict[int, set[str]] = {}
        self.lines: list[int] = []
        self.rows: list[dict[int, str]] = []

    def finish(self, names: list[str]) -> Batch:
        """Give the batch, as wide as all columns met so far."""
        indices = range(len(names))
        return Batch(
            tuple(names),
            self.lines,
            [tuple(map(row.get, indices)) for row in self.rows],
            tuple(frozenset(self.kinds.get(i, ())) for i in indices),
        )


def _members(record: Mapping[str, Any], ids: FeatureIds) -> Iterator[tuple[Path, Any]]:
    """Walk the members; of a feature (RFC 7946 §3.2), its id, geometry, properties."""
    properties = record.get("properties")
    if record.get("type") != "Feature" or not isinstance(properties, dict | None):
        for name, value in record.items():
            yield (name,), value
        return
    properties = properties or {}
    own_id = record.get("id")
    is_repeated = own_id is None or ids.repeats(own_id, properties)
    if not is_repeated and properties.get("id") != own_id:
        yield ("id",), own_id
    yield (GEOMETRY,), record.get("geometry")
    for name, value in properties.items():
        yield ("properties", name), value


def _geometry_name(value: Any) -> str:
    """Give the type of a GeoJSON geometry; empty for any other value."""
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return ""
    kind = value["type"]
    members = "geometries" if kind == "GeometryCollection" else "coordinates"
    if kind not in _KINDS or not isinstance(value.get(members), list):
        return ""
    return kind if kind in GEOMETRY_NAMES else "Geometry"
