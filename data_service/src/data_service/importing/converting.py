"""Reads the staged geometries, checks them, and brings them to CRS84.

The rows are walked in batches, so that memory stays flat; shapely and pyproj work on
a whole batch at once. What becomes of them stands in a temporary table per field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from typing import Any

import numpy as np
import shapely
from psycopg import sql
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from data_service.schemas.tables import CRS84, Field

from . import geometries, staging
from .casting import Connection
from .faults import Faults
from .inferring import Source

_BATCH = 2000
_SRID = re.compile(r"\s*SRID=\d+\s*;", re.IGNORECASE)
# 1e-9 degree is a tenth of a millimetre.
_DECIMALS = 9
_DEGREES = (-180.0, -90.0, 180.0, 90.0)
_BOUNDS = {
    CRS84: _DEGREES,
    # Where RD is defined, with the sea before the coast (NSGI, RDNAPTRANS 2018).
    "EPSG:28992": (-7000.0, 289000.0, 300000.0, 629000.0),
}
_ADVICE = (
    'if these are RD coordinates, say so in the file: "crs":{"type":"name",'
    '"properties":{"name":"urn:ogc:def:crs:EPSG::28992"}}'
)
Geometries = np.ndarray[tuple[int], np.dtype[np.object_]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def convert_geometries(
    connection: Connection, sources: Sequence[Source], faults: Faults
) -> None:
    """Convert the geometry fields that need more than SQL; note what is wrong."""
    for number, source in enumerate(sources):
        if geometries.is_converted(source):
            _convert_field(connection, number, source, faults)


def _convert_field(
    connection: Connection, number: int, source: Source, faults: Faults
) -> None:
    if not _is_known(source.field.crs):
        faults.add(0, f"has a CRS that is unknown: {source.field.crs}")
        return
    connection.execute(geometries.create(number))
    query = sql.SQL(
        "SELECT _row, _line, {column} FROM {table} WHERE {column} IS NOT NULL"
    ).format(column=staging.column(source.columns[0]), table=staging.NAME)
    with connection.cursor(name="kade_geometries") as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(_BATCH):
            converted = _convert(source.field, rows, faults)
            with (
                connection.cursor() as writer,
                writer.copy(geometries.copy(number)) as copy,
            ):
                for row in converted:
                    copy.write_row(row)
    connection.execute(geometries.analyze(number))


def _convert(
    field: Field, rows: Sequence[tuple[object, ...]], faults: Faults
) -> list[tuple[object, ...]]:
    """Give row number, GeoJSON, GeoJSON in CRS84 and EWKT of each geometry."""
    texts = [str(text) for _, _, text in rows]
    shapes, sources = _parse(texts)
    moved = _to_crs84(shapes, field.crs)
    inside = _are_inside(shapes, moved, field.crs)
    reasons = [
        _why_not(field, *checked) for checked in zip(texts, shapes, inside, strict=True)
    ]
    for (_, line, text), reason in zip(rows, reasons, strict=True):
        if reason:
            faults.add(int(str(line)), reason, column=field.id, value=str(text))
    good = [not reason for reason in reasons]
    if not all(good):
        rows, sources = list(compress(rows, good)), list(compress(sources, good))
        shapes, moved = shapes[good], moved[good]
    srid = 4326 if field.crs == CRS84 else int(field.crs.removeprefix("EPSG:"))
    wkt = shapely.to_wkt(shapes, rounding_precision=-1)
    degrees = shapely.to_geojson(moved)
    written = [
        source or geojson
        for source, geojson in zip(sources, shapely.to_geojson(shapes), strict=True)
    ]
    return [
        (row[0], geojson, moved_text, f"SRID={srid};{text}")
        for row, geojson, moved_text, text in zip(
            rows, written, degrees, wkt, strict=True
        )
    ]


def _parse(texts: list[str]) -> tuple[Geometries, list[str]]:
    """Read GeoJSON or WKT; None for what is neither, and the GeoJSON as it stands."""
    sources = [text if text.lstrip().startswith("{") else "" for text in texts]
    pairs = list(zip(texts, sources, strict=True))
    # An overflow makes a geometry that is not valid, which is seen below.
    with np.errstate(over="ignore"):
        geojson = [source or None for source in sources]
        read = shapely.from_geojson(geojson, on_invalid="ignore")
        wkt = [None if source else _SRID.sub("", text) for text, source in pairs]
        others = shapely.from_wkt(wkt, on_invalid="ignore")
    return np.where([bool(source) for source in sources], read, others), sources


def _why_not(field: Field, text: str, shape: Any, is_inside: object) -> str:
    """Say why a geometry cannot be stored in the field; empty when it can."""
    if shape is None:
        return why_no_geometry(text)
    if field.type_name not in ("Geometry", shape.geom_type):
        return f"is a {shape.geom_type}, no {field.type_name}"
    if is_inside:
        return ""
    reason = f"has coordinates beyond {field.crs}"
    return f"{reason}; {_ADVICE}" if field.crs == CRS84 else reason


def _are_inside(shapes: Geometries, moved: Geometries, crs: str) -> Flags:
    """Tell of each geometry whether its coordinates are possible; empty ones are."""
    inside = _within(shapely.bounds(moved), _DEGREES)
    if crs in _BOUNDS:
        inside &= _within(shapely.bounds(shapes), _BOUNDS[crs])
    return inside | shapely.is_empty(shapes)


def _within(bounds: np.ndarray, limits: tuple[float, ...]) -> Flags:
    west, south, east, north = limits
    low = (bounds[:, 0] >= west) & (bounds[:, 1] >= south)
    flags: Flags = low & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)
    return flags


def _to_crs84(shapes: Geometries, crs: str) -> Geometries:
    if crs == CRS84:
        return shapes
    transformer = _transformer(crs)

    def move(points: np.ndarray) -> np.ndarray:
        moved = transformer.transform(*points.T)
        return np.round(np.column_stack(moved), _DECIMALS)

    moved: Geometries = shapely.transform(shapes, move)
    return moved


@lru_cache(maxsize=16)
def _transformer(crs: str) -> Transformer:
    # Always longitude or easting first, as GeoJSON has it.
    return Transformer.from_crs(CRS.from_user_input(crs), "OGC:CRS84", always_xy=True)


def _is_known(crs: str) -> bool:
    if crs == CRS84:
        return True
    try:
        return len(CRS.from_user_input(crs).axis_info) == 2
    except CRSError:
        return False


def why_no_geometry(text: str) -> str:
    """Say why a text is no geometry, as exactly as can be told."""
    try:
        geometry = json.loads(text)
    except ValueError:
        return "is no geometry in WKT or GeoJSON"
    if not isinstance(geometry, dict):
        return "is no geometry in WKT or GeoJSON"
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
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
