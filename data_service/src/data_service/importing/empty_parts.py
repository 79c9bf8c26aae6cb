"""Parts of geometries that are empty: a place of nothing, which no reader expects.

RFC 7946 §3.1 has no such parts; WKT has them, and so have programs that write `[]`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely import GeometryType

from data_service.crs.transforming import Geometries

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def have_empty_parts(shapes: Geometries) -> Flags:
    """Tell of each geometry whether it has empty parts or holes, beside others."""
    flags = np.zeros(len(shapes), dtype=bool)
    index = np.flatnonzero(shapely.get_type_id(shapes) >= GeometryType.POLYGON)
    parts = shapes[index]
    while len(parts):
        parts, places = shapely.get_parts(parts, return_index=True)
        index = index[places]
        flags[index[shapely.is_empty(parts)]] = True
        holed = shapely.get_num_interior_rings(parts) > 0
        rings, places = shapely.get_rings(parts[holed], return_index=True)
        flags[index[holed][places[shapely.is_empty(rings)]]] = True
        nested = shapely.get_type_id(parts) >= GeometryType.MULTIPOINT
        parts, index = parts[nested], index[nested]
    full: Flags = flags & ~shapely.is_empty(shapes)
    return full


def without_empty_parts(shape: Any) -> Any:
    """Give a geometry without its empty parts; None when they lie too deep."""
    try:
        return _without_empty_parts(shape)
    except RecursionError:
        return None


def _without_empty_parts(shape: Any) -> Any:
    if shape.geom_type == "Polygon":
        holes = [ring for ring in shape.interiors if not ring.is_empty]
        return shapely.Polygon(shape.exterior, holes)
    if not hasattr(shape, "geoms"):
        return shape
    parts = [part for part in shape.geoms if not part.is_empty]
    return type(shape)([_without_empty_parts(part) for part in parts])
