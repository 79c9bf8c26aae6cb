"""From the text of a filter to a geometry in the system of the field.

Coordinates are in the system and the order of the header Accept-Crs; without it they
are degrees (CRS84). Of a point in degrees the order is found out (as in dso-api), and
in a field in RD a point must lie where RD is defined.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import shapely

from data_service.crs.systems import (
    NamedCrs,
    area,
    extent,
    is_degrees,
    is_rd,
    lies_in,
    named,
)
from data_service.crs.transforming import move, move_coordinates, swap
from data_service.schemas.tables import CRS84, Field
from data_service.schemas.types import GEOMETRY_NAMES

from ..values import ValueFaultError
from .values import (
    DISTANCE_FORMS,
    LONGEST_DISTANCE,
    LONGEST_GEOMETRY,
    SHAPE_FORMS,
    Target,
)

_NUMBER = r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*"
_PAIR = re.compile(rf"{_NUMBER},{_NUMBER}\Z", re.ASCII)
_DISTANCE = re.compile(
    rf"(?:{_NUMBER},{_NUMBER}|\s*POINT\s*\({_NUMBER}\s{_NUMBER}\)\s*),{_NUMBER}\Z",
    re.ASCII | re.IGNORECASE,
)
_NAMES = frozenset({*GEOMETRY_NAMES, "GeometryCollection"} - {"Geometry"})
# GEOS reads their names, and shapely then gives up.
_CURVES = re.compile(r"CURVE|CIRCULAR|SURFACE", re.IGNORECASE)
_DEFAULT = named(CRS84)


def read_shape(field: Field, text: str, crs: NamedCrs | None) -> Target:
    """Read any geometry, raising ValueFaultError for what is none."""
    asked = crs or _DEFAULT
    pair = _PAIR.match(text)
    shape = _point(*pair.groups()) if pair else _parse(text)
    if shape.geom_type == "Point":
        return _target(field, _place_point(shape, field, asked))
    return _target(field, _place(shape, field, asked))


def read_distance(field: Field, text: str, crs: NamedCrs | None) -> Target:
    """Read a point and a distance in metres."""
    match = _DISTANCE.match(text)
    if match is None:
        raise ValueFaultError(DISTANCE_FORMS)
    *pairs, distance = match.groups()
    metres = float(distance)
    if not 0 <= metres <= LONGEST_DISTANCE:
        accepted = f"a distance of 0 to {LONGEST_DISTANCE:.0f} metres"
        raise ValueFaultError(accepted, reason=f"'{distance}' is no such distance")
    point = _point(*(number for number in pairs if number))
    return _target(field, _place_point(point, field, crs or _DEFAULT), metres)


def _point(x: str, y: str) -> Any:
    return shapely.Point(float(x), float(y))


def _parse(text: str) -> Any:
    if len(text) > LONGEST_GEOMETRY:
        raise ValueFaultError(f"text of at most {LONGEST_GEOMETRY} characters")
    parse = shapely.from_geojson if text.lstrip()[:1] == "{" else shapely.from_wkt
    if _CURVES.search(text):
        raise ValueFaultError(SHAPE_FORMS, reason="curves are not supported")
    with np.errstate(over="ignore"):
        shape = parse(text, on_invalid="ignore")
    if shape is None or shape.geom_type not in _NAMES or shape.is_empty:
        raise ValueFaultError(SHAPE_FORMS)
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise ValueFaultError(SHAPE_FORMS, reason="a coordinate is no finite number")
    if not shape.is_valid:
        reason = f"the geometry is not valid: {shapely.is_valid_reason(shape)}"
        raise ValueFaultError("a valid geometry (OGC Simple Features)", reason=reason)
    return shapely.force_2d(shape)


def _place_point(point: Any, field: Field, crs: NamedCrs) -> Any:
    """Bring a point to the system of the field, in the order of axes that fits."""
    orders = [(point.y, point.x) if crs.is_swapped else (point.x, point.y)]
    if is_degrees(crs.id):
        orders.append(orders[0][::-1])
    for order in orders:
        placed = _moved_point(order, field, crs)
        if placed is not None:
            return placed
    where = "outside the Netherlands" if is_rd(field.crs) else "nowhere"
    raise _wrong_crs(crs, f"the point lies {where}")


def _moved_point(order: tuple[float, float], field: Field, crs: NamedCrs) -> Any:
    if not lies_in(order, extent(crs.id)):
        return None
    moved = move_coordinates(np.array([order], dtype=float), crs.id, field.crs)
    x, y = (float(number) for number in moved[0])
    if is_rd(field.crs) and not lies_in((x, y), area(field.crs)):
        return None
    return shapely.Point(x, y)


def _place(shape: Any, field: Field, crs: NamedCrs) -> Any:
    shapes = np.array([shape], dtype=object)
    shapes = swap(shapes) if crs.is_swapped else shapes
    west, south, east, north = shapes[0].bounds
    limits = extent(crs.id)
    if not (lies_in((west, south), limits) and lies_in((east, north), limits)):
        raise _wrong_crs(crs, f"the geometry has coordinates beyond {crs.id}")
    placed = move(shapes, crs.id, field.crs)[0]
    if not placed.is_valid:
        raise _wrong_crs(crs, f"the geometry is not valid in {field.crs}")
    return placed


def _target(field: Field, shape: Any, metres: float | None = None) -> Target:
    bounds = tuple(map(float, shape.bounds))
    form = ""
    if shape.geom_type == "Point":
        form = "point"
    elif shape.geom_type == "Polygon" and _is_box(shape):
        form = "box"
    return Target(field.crs, shapely.to_wkb(shape), bounds, form, metres)  # type: ignore[arg-type]


def _is_box(polygon: Any) -> bool:
    has_five = not polygon.interiors and len(polygon.exterior.coords) == 5
    return bool(has_five and polygon.equals(shapely.box(*polygon.bounds)))


def _wrong_crs(crs: NamedCrs, reason: str) -> ValueFaultError:
    accepted = f"coordinates in {crs.id}; the header Accept-Crs names another CRS"
    return ValueFaultError(accepted, reason=reason, code="invalid_crs")
