"""From one system to another, by PROJ, for whole arrays of geometries at once.

Every way goes over degrees. The way from and to RD is written out here, so that it is
the same on every machine: with a grid in PROJ's folder PROJ would choose another one,
and what is stored would differ from what is computed (ADR 0019).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.enums import TransformDirection
from pyproj.exceptions import CRSError

from .systems import RD_NAP, are_alike, is_degrees, is_rd

Geometries = np.ndarray[tuple[int], np.dtype[np.object_]]
Coordinates = np.ndarray[tuple[int, int], np.dtype[np.float64]]

# "Amersfoort to ETRS89 (8)" of the EPSG, good for 0.25 m, after the inverse of RD New.
_RD_TO_DEGREES = (
    "+proj=pipeline"
    " +step +inv +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889"
    " +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel"
    " +step +proj=cart +ellps=bessel"
    " +step +proj=helmert +x=565.7381 +y=50.4018 +z=465.2904"
    " +rx=0.395025981036064 +ry=-0.330772431242031 +rz=1.87607329462821 +s=4.07244"
    " +convention=coordinate_frame"
    " +step +inv +proj=cart +ellps=GRS80"
    " +step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
# A tenth of a millimetre, both: more would be noise.
_DECIMALS_OF_DEGREES, _DECIMALS_OF_METRES = 9, 4


def is_known(crs: str) -> bool:
    """Tell whether PROJ can bring coordinates in a system to degrees."""
    if is_degrees(crs) or crs == RD_NAP:
        return True
    try:
        return len(CRS.from_user_input(crs).axis_info) == 2
    except CRSError:
        return False


def move(shapes: Geometries, source: str, target: str) -> Geometries:
    """Bring geometries from one system to another; heights stay as they are."""
    if are_alike(source, target):
        return shapes
    decimals = _DECIMALS_OF_DEGREES if is_degrees(target) else _DECIMALS_OF_METRES

    def move_positions(positions: Coordinates) -> Coordinates:
        moved = move_coordinates(positions[:, :2], source, target)
        return np.column_stack([np.round(moved, decimals), positions[:, 2:]])

    return _transform(shapes, move_positions)


def swap(shapes: Geometries) -> Geometries:
    """Exchange the first and the second axis."""

    def swap_positions(positions: Coordinates) -> Coordinates:
        return np.column_stack([positions[:, 1], positions[:, 0], positions[:, 2:]])

    return _transform(shapes, swap_positions)


def move_coordinates(pairs: Coordinates, source: str, target: str) -> Coordinates:
    """Bring pairs of coordinates to another system; inf is what has none there."""
    if are_alike(source, target):
        return pairs
    x, y = pairs[:, 0], pairs[:, 1]
    if not is_degrees(source):
        x, y = _to_degrees(source).transform(x, y)
    if not is_degrees(target):
        backwards = TransformDirection.INVERSE
        x, y = _to_degrees(target).transform(x, y, direction=backwards)
    return np.column_stack([x, y])


def measure_from(longitude: float, latitude: float) -> Transformer:
    """Give a way from degrees to metres east and north of a place.

    Distances from that place are true on the ellipsoid (azimuthal equidistant).
    """
    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        f" +step +proj=aeqd +lat_0={latitude!r} +lon_0={longitude!r} +ellps=WGS84"
    )


def _transform(
    shapes: Geometries, function: Callable[[Coordinates], Coordinates]
) -> Geometries:
    # None: what has heights keeps them, and what has none gets none.
    moved: Geometries = shapely.transform(shapes, function, include_z=None)  # type: ignore[call-overload]
    return moved


@lru_cache(maxsize=32)
def _to_degrees(crs: str) -> Transformer:
    if is_rd(crs):
        return Transformer.from_pipeline(_RD_TO_DEGREES)
    # Always longitude or easting first, as GeoJSON has it.
    return Transformer.from_crs(CRS.from_user_input(crs), "OGC:CRS84", always_xy=True)
