"""The coordinate reference systems that rows are answered in, and their names.

One system has several names, and the name decides on the order of the axes: a URN or a
URL stands for the definition of the EPSG, in which 4326 and 4258 have the latitude
first; `EPSG:4326` is the older way of writing, with the longitude first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from data_service.schemas.tables import CRS84

RD = "EPSG:28992"
RD_NAP = "EPSG:7415"
ETRS89 = "EPSG:4258"
WGS84 = "EPSG:4326"
WEB_MERCATOR = "EPSG:3857"
SUPPORTED = (RD, RD_NAP, ETRS89, WGS84, WEB_MERCATOR, CRS84)
ACCEPTED = ", ".join(SUPPORTED)
_LATITUDE_FIRST = frozenset({ETRS89, WGS84})
# The same numbers. Of WGS84 and ETRS89 that holds within a metre: they drift apart
# by 2.5 cm a year, and the EPSG has no better transformation (ADR 0019).
_DEGREES = frozenset({CRS84, WGS84, ETRS89})
_IN_RD = frozenset({RD, RD_NAP})

_WORLD = (-180.0, -90.0, 180.0, 90.0)
# Where RD is defined, with the sea before the coast (NSGI, RDNAPTRANS 2018).
_AREA_OF_RD = (-7000.0, 289000.0, 300000.0, 629000.0)
_SQUARE = 20_048_967.0  # half of the side of the square that is the world
_AROUND = 1_000_000.0  # further from its origin RD means nothing

_CRS84_URL = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CRS84_URN = "urn:ogc:def:crs:OGC:1.3:CRS84"
_CRS84_NAME = re.compile(
    r"(?:(?:OGC:)?CRS84"
    r"|urn:(?:x-)?ogc:def:crs:OGC:[\d.]*:CRS84"
    r"|https?://www\.opengis\.net/def/crs/OGC/[\d.]+/CRS84)",
    re.IGNORECASE | re.ASCII,
)
_EPSG_NAME = re.compile(
    r"(?:(?P<short>EPSG:)"
    r"|(?P<urn>urn:(?:x-)?ogc:def:crs:EPSG:[\d.]*:)"
    r"|(?P<url>https?://www\.opengis\.net/def/crs/EPSG/[\d.]+/))(?P<code>\d{4,6})",
    re.IGNORECASE | re.ASCII,
)


class UnknownCrsError(ValueError):
    """The name is of no system that is supported here."""


@dataclass(frozen=True)
class NamedCrs:
    """A system as someone named it.

    Attributes:
        id: One of SUPPORTED, or another system in which a table is stored.
        name: The name that says system and order of axes, for `Content-Crs`.
        is_swapped: Whether the latitude comes first.
    """

    id: str
    name: str
    is_swapped: bool = False

    @property
    def easting_first(self) -> NamedCrs:
        """Name it for GeoJSON, in which the longitude or easting is always first."""
        if self.id == WGS84:
            return named(CRS84)
        return NamedCrs(self.id, self.id) if self.is_swapped else self

    @property
    def urn(self) -> str:
        """Name it as the member `crs` of GeoJSON does (edition 2008)."""
        return urn_of(self.id)


def parse_crs(text: str) -> NamedCrs:
    """Read the name of a system, raising UnknownCrsError for any but SUPPORTED."""
    name = text.strip().removeprefix("<").removesuffix(">")
    if _CRS84_NAME.fullmatch(name):
        return named(CRS84)
    match = _EPSG_NAME.fullmatch(name)
    system = f"EPSG:{match['code']}" if match else ""
    if not match or system not in SUPPORTED:
        raise UnknownCrsError(name)
    if match["short"]:
        return NamedCrs(system, system)
    is_swapped = system in _LATITUDE_FIRST
    if match["urn"]:
        return NamedCrs(system, f"urn:ogc:def:crs:EPSG::{match['code']}", is_swapped)
    return NamedCrs(system, _epsg_url(match["code"]), is_swapped)


@lru_cache(maxsize=256)
def named(crs: str) -> NamedCrs:
    """Name a system in which the easting or longitude comes first."""
    if crs == CRS84:
        return NamedCrs(crs, f"<{_CRS84_URL}>")
    if crs in _LATITUDE_FIRST:
        return NamedCrs(crs, crs)
    return NamedCrs(crs, _epsg_url(crs.removeprefix("EPSG:")))


def urn_of(crs: str) -> str:
    """Give the URN of a system."""
    if crs == CRS84:
        return _CRS84_URN
    return f"urn:ogc:def:crs:{crs.replace(':', '::')}"


def is_degrees(crs: str) -> bool:
    """Tell whether coordinates are longitude and latitude on ETRS89 or WGS84."""
    return crs in _DEGREES


def is_rd(crs: str) -> bool:
    """Tell whether coordinates are those of the Dutch grid."""
    return crs in _IN_RD


def extent(crs: str) -> tuple[float, float, float, float]:
    """Give what coordinates can be at most: west, south, east, north."""
    if is_degrees(crs):
        return _WORLD
    side = _AROUND if is_rd(crs) else _SQUARE
    return -side, -side, side, side


def area(crs: str) -> tuple[float, float, float, float]:
    """Give where coordinates of data lie: west, south, east, north."""
    return _AREA_OF_RD if is_rd(crs) else extent(crs)


def lies_in(
    place: tuple[float, float], limits: tuple[float, float, float, float]
) -> bool:
    """Tell whether a place lies within limits."""
    west, south, east, north = limits
    return west <= place[0] <= east and south <= place[1] <= north


def are_alike(one: str, other: str) -> bool:
    """Tell whether the coordinates in two systems are the same numbers."""
    kinds = (_DEGREES, _IN_RD)
    return one == other or any(one in kind and other in kind for kind in kinds)


def srid(crs: str) -> int:
    """Give the number for EWKT."""
    return 4326 if crs == CRS84 else int(crs.removeprefix("EPSG:"))


def _epsg_url(code: str) -> str:
    return f"<http://www.opengis.net/def/crs/EPSG/0/{code}>"
