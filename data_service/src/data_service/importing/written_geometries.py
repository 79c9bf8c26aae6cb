"""Columns of text that are geometries: WKT, EWKT (with SRID) or GeoJSON.

Our own CSV exports have EWKT. Where no SRID is given, the first coordinates tell
degrees from RD (EPSG:28992), and nothing else: then the column stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from data_service.crs.systems import RD, area, lies_in
from data_service.schemas.tables import CRS84
from data_service.schemas.types import GEOMETRY_NAMES

_NAMES = {name.upper(): name for name in (*GEOMETRY_NAMES, "GeometryCollection")}
_NUMBER = r"-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?"
_WKT = re.compile(
    rf"\s*(?:SRID=(?P<srid>\d+)\s*;)?\s*(?P<name>[A-Z]++)\s*(?:Z|M|ZM)?\s*"
    rf"(?:EMPTY|[A-Z(\s]*\(\s*(?P<x>{_NUMBER})\s+(?P<y>{_NUMBER}))",
    re.IGNORECASE,
)
_GEOJSON = re.compile(
    rf'\s*\{{\s*"type"\s*:\s*"(?P<name>\w+)"\s*,\s*"coordinates"\s*:'
    rf"\s*\[(?:[\[\s]*(?P<x>{_NUMBER})\s*,\s*(?P<y>{_NUMBER})|\s*\])"
)
# What the first coordinates may tell.
_SYSTEMS = (CRS84, RD)


class WrittenGeometries:
    """The geometries in a column of text so far; `holds` while all cells are one."""

    def __init__(self) -> None:
        self.holds = True
        self.has_srid = False
        self._names: set[str] = set()
        self._systems: set[str] | None = None

    def see(self, texts: Iterable[str]) -> None:
        """Take in the cells of a batch; empty ones say nothing."""
        for text in filter(None, texts):
            match = _WKT.match(text) or _GEOJSON.match(text)
            name = _NAMES.get(match["name"].upper()) if match else None
            if match is None or name is None:
                self.holds = False
                return
            self._names.add("Geometry" if name == "GeometryCollection" else name)
            self._see_system(match)

    @property
    def type_name(self) -> str:
        """Give the type of them all."""
        return next(iter(self._names)) if len(self._names) == 1 else "Geometry"

    @property
    def crs(self) -> str:
        """Give the one CRS that they can be in, degrees first; empty for none."""
        systems = self._systems or set()
        return next((crs for crs in (CRS84, *sorted(systems)) if crs in systems), "")

    def _see_system(self, match: re.Match[str]) -> None:
        srid = match.groupdict().get("srid")
        if srid:
            self.has_srid = True
            possible = {CRS84 if srid == "4326" else f"EPSG:{srid}"}
        elif match["x"] is None:
            return  # an empty geometry is nowhere
        else:
            place = float(match["x"]), float(match["y"])
            possible = {crs for crs in _SYSTEMS if lies_in(place, area(crs))}
        known = self._systems
        self._systems = possible if known is None else known & possible
