"""Reads GeoJSON (RFC 7946): a FeatureCollection of any size, or one Feature.

The `crs` member of the 2008 edition is read too, since much Dutch data has it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from data_service.importing.decoding import detect_encoding
from data_service.importing.faults import UNSTORABLE, Faults
from data_service.schemas.tables import CRS84
from data_service.schemas.types import GEOMETRY_NAMES

from .batches import BATCH_ROWS, GEOMETRY, MOST_COLUMNS, Batch, refuse_part
from .feature_ids import FeatureIds
from .json_cells import cell_of, compact, why_not_stored
from .json_window import JsonError, JsonWindow

_URN, _URL = r"(?:urn:(?:x-)?ogc:def:crs:)?", r"https?://www\.opengis\.net/def/crs"
_EPSG = re.compile(
    rf"(?:{_URN}EPSG:(?:[\d.]*:)?|{_URL}/EPSG/[\d.]+/)(\d{{4,6}})", re.IGNORECASE
)
_CRS84 = re.compile(
    rf"(?:{_URN}(?:OGC:?[\d.]*:)?|{_URL}/OGC/[\d.]+/)CRS84", re.IGNORECASE
)
# Longitude and latitude, in that order, whatever the registry says of EPSG:4326.
_DEGREES = ("4326", "4258")
_KNOWN = frozenset(
    {"type", "features", "crs", "_links", "name", "bbox", "title", "metadata"}
)


class GeojsonReader:
    """A GeoJSON file. See `readers.batches.Reader` for its face."""

    empty_is_null = False

    def __init__(self, path: Path, faults: Faults, part: str = "") -> None:
        refuse_part(path, part)
        self.path = path
        self.faults = faults
        self.size = path.stat().st_size
        self.crs = CRS84
        self.doubts: list[str] = []
        self.facts: list[str] = []
        self.ids = FeatureIds()
        self._raw: io.BufferedReader | None = None
        if not self.size:
            faults.add(0, "is empty")
            return
        self.encoding = detect_encoding(path, faults)
        self.facts = ["GeoJSON", f"encoding {self.encoding.name}"]

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._raw.tell() if self._raw and not self._raw.closed else self.size

    def batches(self) -> Iterator[Batch]:
        """Give all features as rows."""
        if self.faults:
            return
        with (
            closing(self.path.open("rb")) as self._raw,
            io.TextIOWrapper(self._raw, self.encoding.name, newline="") as file,
        ):
            file.seek(self.encoding.mark)
            features = _Features(JsonWindow(file), self.faults, self.ids)
            try:
                yield from features.batches()
            except JsonError as error:
                reason = f"column {error.column}: {error.reason}"
                self.faults.add(error.line, reason)
            self._see_members(features.members)
            self.doubts += self.ids.doubts()

    def _see_members(self, members: dict[str, Any]) -> None:
        if self.faults:
            return
        others = sorted(set(members) - _KNOWN)
        if others and members.get("type") == "FeatureCollection":
            self.doubts.append(f"members {', '.join(others)} are left out")
        crs = members.get("crs")
        if crs is not None:
            self.crs = self._read_crs(crs)
        self.facts.append(f"crs {self.crs}")

    def _read_crs(self, crs: Any) -> str:
        properties = crs.get("properties") if isinstance(crs, dict) else None
        name = properties.get("name") if isinstance(properties, dict) else None
        if isinstance(name, str) and _CRS84.fullmatch(name):
            return CRS84
        match = _EPSG.fullmatch(name) if isinstance(name, str) else None
        if match is None:
            self.faults.add(0, "has a crs that is unknown", value=json.dumps(crs))
            return CRS84
        return CRS84 if match[1] in _DEGREES else f"EPSG:{match[1]}"


class _Features:
    """The features of a window as rows; learns of columns as they appear."""

    def __init__(self, window: JsonWindow, faults: Faults, ids: FeatureIds) -> None:
        self.window = window
        self.faults = faults
        self.members: dict[str, Any] = {}
        self.names: list[str] = []
        self.places: dict[tuple[str, ...], int] = {}
        self.ids = ids

    def batches(self) -> Iterator[Batch]:
        """Give the features in batches; at least one batch."""
        batch = _Growing(self)
        for line, feature in self._features():
            batch.add(line, feature)
            if len(batch.rows) >= BATCH_ROWS:
                yield batch.finish()
                batch = _Growing(self)
        if not self.faults:
            yield batch.finish()

    def place(self, *path: str) -> int:
        """Give the column of a member, which may be new."""
        found = self.places.get(path)
        if found is None:
            found = self.places[path] = len(self.names)
            self.names.append(path[-1])
        return found

    def _features(self) -> Iterator[tuple[int, Any]]:
        if self.window.peek() != "{":
            self.faults.add(self.window.line, "is no GeoJSON object")
            return
        found = False
        first = self.window.line
        for name in self._members():
            if name != "features":
                self.members[name] = self.window.value()
                continue
            found = True
            for _ in self.window.items():
                self.window.peek()
                yield self.window.line, self.window.value()
        if self.window.peek():
            self.faults.add(self.window.line, "has text after the end of the object")
        if not found and self.members.get("type") == "Feature":
            yield first, self.members
        elif self.members.get("type") != "FeatureCollection" or not found:
            found_type = str(self.members.get("type", ""))
            self.faults.add(0, "is no FeatureCollection or Feature", value=found_type)

    def _members(self) -> Iterator[str]:
        """Walk the names of the object's members; the caller reads each value."""
        self.window.take("{")
        if self.window.peek() == "}":
            self.window.take("}")
            return
        while True:
            if self.window.peek() != '"':
                raise self.window.error("has no name of a member here")
            name = self.window.value()
            self.window.take(":")
            yield name
            if self.window.peek() != ",":
                self.window.take("}")
                return
            self.window.take(",")


class _Growing:
    """A batch that is being filled."""

    def __init__(self, features: _Features) -> None:
        self._features = features
        self._kinds: dict[int, set[str]] = {}
        self.lines: list[int] = []
        self.rows: list[dict[int, str]] = []

    def add(self, line: int, feature: Any) -> None:
        """Add a feature as a row; what is none is a fault."""
        reason = _why_no_feature(feature)
        if reason:
            self._features.faults.add(line, reason, value=_shown(feature))
            return
        row: dict[int, str] = {}
        self._line = line
        properties = dict(feature.get("properties") or {})
        own_id = feature.get("id")
        if own_id is not None and not self._features.ids.repeats(own_id, properties):
            if properties.get("id") == own_id:
                del properties["id"]
            self._put(row, self._features.place("id"), own_id)
        self._put_geometry(row, feature.get("geometry"))
        for name, value in properties.items():
            place = self._place_property(name)
            if place is not None:
                self._put(row, place, value)
        self.rows.append(row)
        self.lines.append(line)

    def finish(self) -> Batch:
        """Give the batch, as wide as all columns met so far."""
        indices = range(len(self._features.names))
        return Batch(
            tuple(self._features.names),
            self.lines,
            [tuple(map(row.get, indices)) for row in self.rows],
            tuple(frozenset(self._kinds.get(i, ())) for i in indices),
        )

    def _place_property(self, name: str) -> int | None:
        """Give the column of a property; None for a fault."""
        found = self._features.places.get(("properties", name))
        if found is not None:
            return found
        reason = ""
        if UNSTORABLE.search(name):
            reason = "has a property whose name cannot be stored"
        elif len(self._features.names) >= MOST_COLUMNS:
            reason = f"makes more than the {MOST_COLUMNS:,} columns that are possible"
        if reason:
            self._features.faults.add(self._line, reason, value=name)
            return None
        return self._features.place("properties", name)

    def _put(self, row: dict[int, str], place: int, value: Any) -> None:
        if value is None:
            return
        kind, text = cell_of(value)
        reason = why_not_stored(kind, text)
        if reason:
            column = self._features.names[place]
            self._features.faults.add(self._line, reason, column=column, value=text)
            return
        self._kinds.setdefault(place, set()).add(kind)
        row[place] = text

    def _put_geometry(self, row: dict[int, str], geometry: Any) -> None:
        place = self._features.place(GEOMETRY)
        if geometry is None:
            return
        kind = geometry["type"]
        name = kind if kind in GEOMETRY_NAMES else "Geometry"
        self._kinds.setdefault(place, set()).add(name)
        kept = ("type", "coordinates", "geometries")
        row[place] = compact({k: geometry[k] for k in kept if k in geometry})


def _why_no_feature(feature: Any) -> str:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return "is no Feature"
    if not isinstance(feature.get("properties"), dict | None):
        return "has properties that are no object"
    if not isinstance(feature.get("id"), str | int | float | None):
        return "has an id that is no text or number"
    geometry = feature.get("geometry")
    if geometry is None:
        return ""
    kinds = (*GEOMETRY_NAMES[:-1], "GeometryCollection")
    if not isinstance(geometry, dict) or geometry.get("type") not in kinds:
        return f"has a geometry that is none of {', '.join(kinds)}"
    return ""


def _shown(value: Any) -> str:
    return compact(value)[:200]
