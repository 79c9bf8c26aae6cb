"""Coordinate systems as files write them, into the ones that we store.

What has a code of EPSG stays as it is. What has none (and what has heights) is moved to
longitude and latitude while reading, so that nothing of it is guessed later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from data_service.crs.systems import RD_NAP
from data_service.schemas.tables import CRS84

# Longitude and latitude in that order, whatever the registry says of EPSG:4326.
_DEGREES = ("EPSG:4326", "EPSG:4258", "OGC:CRS84")
Move = Callable[[Any], Any]


@dataclass(frozen=True)
class System:
    """How the geometries of a file are to be stored.

    Attributes:
        crs: Our name of the CRS; empty when the file does not tell.
        kind: The type of the geometries, as far as the file tells beforehand.
        move: Brings the coordinates there; None when they are.
        doubt: What was assumed.
        fault: Why it cannot be read.
    """

    crs: str
    kind: str = ""
    move: Move | None = None
    doubt: str = ""
    fault: str = ""


def find_system(written: Any, kind: str) -> System:
    """Read a CRS in any way of writing that pyproj knows."""
    if not written:
        return System("", kind)
    try:
        crs = CRS.from_user_input(written)
    except CRSError:
        return System("", fault=f"has a CRS that is unknown: {str(written)[:80]}")
    name = _name(crs)
    if name == RD_NAP:
        return System(name, kind)
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
        name = _name(crs)
    if name in _DEGREES:
        return System(CRS84, kind)
    if name and len(crs.axis_info) == 2:
        return System(name, kind)
    try:
        transformer = Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)
    except CRSError:
        return System("", fault=f"has a CRS that cannot be stored: {crs.name}")
    doubt = f"the CRS {crs.name} has no code: moved to longitude and latitude"
    return System(CRS84, kind, _mover(transformer), doubt)


def _name(crs: CRS) -> str:
    """Give authority and code; those of EPSG where it knows the same system."""
    authority = crs.to_authority(min_confidence=70)
    if authority is None:
        return ""
    name = ":".join(authority)
    return name if name in _DEGREES or authority[0] == "EPSG" else ""


def _mover(transformer: Transformer) -> Move:
    def move_points(points: Any) -> Any:
        return np.round(np.column_stack(transformer.transform(*points.T)), 9)

    def move(shapes: Any) -> Any:
        return shapely.transform(shapes, move_points)

    return move
