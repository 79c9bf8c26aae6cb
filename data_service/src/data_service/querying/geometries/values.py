"""What a geometry in a filter is, once it is read; and how it is documented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from psycopg import sql

LONGEST_GEOMETRY = 20_000
LONGEST_DISTANCE = 10_000_000.0
SHAPE_FORMS = "x,y, POINT(x y), another geometry as WKT, or GeoJSON"
DISTANCE_FORMS = "Must be x,y,d or POINT(x y),d"

# Without examples, which Swagger UI would send: sentences have them.
SHAPE_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {"type": "string", "maxLength": LONGEST_GEOMETRY}
)
DISTANCE_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {"type": "string", "maxLength": 200}
)


@dataclass(frozen=True)
class Target:
    """A geometry to compare with, in the system of the field, without heights.

    Attributes:
        crs: The system of the field.
        wkb: The geometry.
        bounds: West, south, east and north of it.
        form: Whether it is a point, a box along the axes, or something else.
        metres: How far from it a geometry may be, if that is asked.
    """

    crs: str
    wkb: bytes
    bounds: tuple[float, float, float, float]
    form: str = ""
    metres: float | None = None


@runtime_checkable
class Resolved(Protocol):
    """The rows that fit, once they were looked up: in effect, a Selection."""

    def __len__(self) -> int: ...

    def page(self, first: int, count: int) -> list[int]: ...

    def condition(self, alias: str) -> tuple[sql.Composable, tuple[Any, ...]]: ...
