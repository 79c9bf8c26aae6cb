"""Geometries of a batch: read from text, checked, mended if asked, and written.

shapely and PROJ work on a whole batch at once (ADR 0018 on what is stored).
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from data_service.crs.systems import area, srid
from data_service.crs.transforming import Geometries, move
from data_service.schemas.tables import CRS84, Field
from data_service.schemas.types import GEOMETRY_NAMES

from .asking import option
from .empty_parts import Flags, have_empty_parts, without_empty_parts
from .readers.json_cells import compact

_SRID = re.compile(r"\s*SRID=\d+\s*;", re.IGNORECASE)
_CURVES = re.compile(r"CURVE|CIRCULAR|SURFACE", re.IGNORECASE)
_MEMBERS = ("type", "coordinates", "geometries")
_KINDS = (*GEOMETRY_NAMES[:-1], "GeometryCollection")
# Most are written like this, and need not be parsed twice.
_PLAIN = re.compile(
    rf'\{{"type":"(?:{"|".join(GEOMETRY_NAMES[:-1])})",'
    r'"coordinates":[-+\[\].,0-9eE\s]*+\}'
)
_ADVICE = (
    'if these are RD coordinates, say so in the file: "crs":{"type":"name",'
    '"properties":{"name":"urn:ogc:def:crs:EPSG::28992"}}'
)
# What is stored of an empty geometry, which is nowhere (RFC 7946 §3.2: null).
_NOTHING: tuple[object, ...] = (None,) * 6


@dataclasses.dataclass
class Shaper:
    """Makes what is stored of the geometries of a field.

    Attributes:
        mends: Whether what is not valid is mended, and not refused.
        is_bound: Whether a schema says which type they must have.
        is_kept: Whether any type is what is served, and stays so.
        mended: How many were mended so far.
        empty: How many were empty so far, and are stored as no geometry.
        trimmed: How many had empty parts so far, which are left out.
        types: The types of what there was so far.
    """

    field: Field
    mends: bool = False
    is_bound: bool = True
    is_kept: bool = False
    mended: int = 0
    empty: int = 0
    trimmed: int = 0
    types: set[str] = dataclasses.field(default_factory=set)

    @property
    def type_name(self) -> str:
        """Give the type of them all: mended ones have another, empty ones none."""
        stated = self.field.type_name
        is_any = stated == "Geometry" and (self.is_kept or not self.empty)
        if self.is_bound or is_any or self.types <= {stated}:
            return stated
        (name, *others) = self.types
        return "Geometry" if others or name not in GEOMETRY_NAMES else name

    def shape(self, texts: Sequence[str]) -> tuple[list[str], list[tuple[object, ...]]]:
        """Give why each cannot be stored ("" when it can), and what is stored.

        What is stored, of those that can be: GeoJSON, GeoJSON in CRS84, EWKT, and the
        point, the box and the WKB.
        """
        shapes, sources = _parse(texts)
        self._trim(shapes, sources)
        shapes, sources = self._mend(shapes, sources)
        moved = move(shapes, self.field.crs, CRS84)
        inside = _are_inside(shapes, moved, self.field.crs)
        checked = zip(texts, shapes, inside, shapely.is_valid(shapes), strict=True)
        reasons = [self._why_not(*each) for each in checked]
        empty = shapely.is_empty(shapes)
        for place in np.flatnonzero(empty):
            reasons[place] = self._why_not_empty()
        good = np.array([not reason for reason in reasons], dtype=bool)
        full = good & ~empty
        kept = [
            source for source, is_full in zip(sources, full, strict=True) if is_full
        ]
        stored = self._stored(shapes[full], kept, moved[full])
        for place in np.flatnonzero(empty[good]):
            stored.insert(place, _NOTHING)
            self.empty += 1
        return reasons, stored

    def _why_not_empty(self) -> str:
        """Say why the field needs a geometry; empty when it does not."""
        is_needed = self.is_bound and self.field.required
        return "is empty, and required" if is_needed else ""

    def _trim(self, shapes: Geometries, sources: list[str]) -> None:
        """Leave out the empty parts of geometries that have others."""
        for place in np.flatnonzero(have_empty_parts(shapes)):
            shapes[place] = without_empty_parts(shapes[place])
            sources[place] = ""
            self.trimmed += 1

    def _mend(
        self, shapes: Geometries, sources: list[str]
    ) -> tuple[Geometries, list[str]]:
        if not self.mends:
            return shapes, sources
        broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
        mended = shapely.make_valid(
            shapes[broken], method="structure", keep_collapsed=False
        )
        if self.field.type_name == "MultiPolygon":
            is_single = shapely.get_type_id(mended) == shapely.GeometryType.POLYGON
            mended[is_single] = shapely.multipolygons(mended[is_single][:, None])
        # Of some nothing is left: a line that ends where it begins.
        useful = ~shapely.is_empty(mended)
        places = np.flatnonzero(broken)[useful]
        shapes[places] = mended[useful]
        self.mended += len(places)
        for place in places:
            sources[place] = ""
        return shapes, sources

    def _why_not(
        self, text: str, shape: Any, is_inside: object, is_valid: object
    ) -> str:
        """Say why a geometry cannot be stored in the field; empty when it can."""
        if shape is None:
            return why_no_geometry(text)
        if not is_inside:
            reason = f"has coordinates beyond {self.field.crs}"
            return f"{reason}; {_ADVICE}" if self.field.crs == CRS84 else reason
        if not is_valid:
            return _why_not_valid(shape, mends=self.mends)
        if self.is_bound and self.field.type_name not in ("Geometry", shape.geom_type):
            return f"is a {shape.geom_type}, no {self.field.type_name}"
        return ""

    def _stored(
        self, shapes: Geometries, sources: list[str], moved: Geometries
    ) -> list[tuple[object, ...]]:
        self.types |= {shape.geom_type for shape in shapes}
        texts = [
            source or written
            for source, written in zip(sources, shapely.to_geojson(shapes), strict=True)
        ]
        number = srid(self.field.crs)
        wkt = shapely.to_wkt(shapes, rounding_precision=-1)
        ewkt = [f"SRID={number};{text}" for text in wkt]
        columns = (texts, shapely.to_geojson(moved), ewkt, *self._native(shapes))
        return list(zip(*columns, strict=True))

    def _native(self, shapes: Geometries) -> tuple[Sequence[object], ...]:
        nothing: list[object] = [None] * len(shapes)
        if self.field.is_point:
            points = [_point(x, y) for x, y, *_ in shapely.bounds(shapes)]
            return points, nothing, nothing
        boxes = [_box(*bounds) for bounds in shapely.bounds(shapes)]
        return nothing, boxes, [bytes(wkb) for wkb in shapely.to_wkb(shapes)]


def _point(x: float, y: float) -> str:
    """Write a point as PostgreSQL does."""
    return f"({float(x)!r},{float(y)!r})"


def _box(west: float, south: float, east: float, north: float) -> str:
    return f"{_point(east, north)},{_point(west, south)}"


def _parse(texts: Sequence[str]) -> tuple[Geometries, list[str]]:
    """Read GeoJSON or WKT; None for what is neither, and the GeoJSON as it stands."""
    sources = [_geojson(text) if text.lstrip()[:1] == "{" else "" for text in texts]
    pairs = list(zip(texts, sources, strict=True))
    # An overflow makes a geometry that is not valid, which is seen below.
    with np.errstate(over="ignore"):
        geojson = [source or None for source in sources]
        read = shapely.from_geojson(geojson, on_invalid="ignore")
        wkt = [None if source else _without_srid(text) for text, source in pairs]
        others = shapely.from_wkt(wkt, on_invalid="ignore")
    return np.where([bool(source) for source in sources], read, others), sources


def _geojson(text: str) -> str:
    """Give a GeoJSON geometry without other members; empty for what is none.

    GEOS takes the geometry out of a Feature, which must not be stored for one.
    """
    if _PLAIN.fullmatch(text):
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(value, dict) or value.get("type") not in _KINDS:
        return ""
    bare = {name: value[name] for name in _MEMBERS if name in value}
    return text if len(bare) == len(value) else compact(bare)


def _without_srid(text: str) -> str | None:
    """Give WKT; None for curves, whose names GEOS reads, and shapely then gives up."""
    return None if _CURVES.search(text) else _SRID.sub("", text)


def _why_not_valid(shape: Any, *, mends: bool) -> str:
    reason = shapely.is_valid_reason(shape).replace("[", " at ").removesuffix("]")
    hint = f"mend the file, or publish it with {option('mend geometry')}"
    return f"is not valid: {reason}; {'nothing mends it' if mends else hint}"


def _are_inside(shapes: Geometries, moved: Geometries, crs: str) -> Flags:
    """Tell of each geometry whether its coordinates are possible."""
    inside = _within(shapely.bounds(moved), area(CRS84))
    return inside & _within(shapely.bounds(shapes), area(crs))


def _within(bounds: np.ndarray, limits: tuple[float, ...]) -> Flags:
    west, south, east, north = limits
    low = (bounds[:, 0] >= west) & (bounds[:, 1] >= south)
    flags: Flags = low & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)
    return flags


def why_no_geometry(text: str) -> str:
    """Say why a text is no geometry, as exactly as can be told."""
    try:
        geometry = json.loads(text)
    except (ValueError, RecursionError):
        return "is no geometry in WKT or GeoJSON"
    if not isinstance(geometry, dict):
        return "is no geometry in WKT or GeoJSON"
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in _KINDS:
        return f"is a {kind}; a geometry is one of {', '.join(_KINDS)}"
    if not isinstance(coordinates, list):
        return f"is a {kind} without coordinates"
    rings = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(kind), [])
    for polygon in rings:
        for number, ring in enumerate(polygon if isinstance(polygon, list) else [], 1):
            reason = _why_no_ring(ring)
            if reason:
                return f"ring {number} {reason} (RFC 7946 §3.1.6)"
    return f"has coordinates that make no {kind}"


def _why_no_ring(ring: object) -> str:
    if not isinstance(ring, list) or len(ring) < 4:
        return "has fewer than four positions"
    if ring[0] != ring[-1]:
        return "is not closed: its first and last position differ"
    return ""
