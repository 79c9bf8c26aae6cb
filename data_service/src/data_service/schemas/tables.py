"""Datasets, tables and fields: what every other room of the service reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from .types import FIELD_TYPES, FieldType

CRS84 = "CRS84"
# PostgreSQL cuts names at 63 bytes; geometry columns get a suffix of up to 9.
_LONGEST_NAME = 50
# PostgreSQL has these in every table (documentation, §5.6 System Columns).
_SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})


@dataclass(frozen=True)
class Field:
    """A column of a table as its readers know it.

    Attributes:
        id: The name, in the spelling of the schema; it is never converted.
        type_name: A key of FIELD_TYPES.
        crs: Of a geometry: "EPSG:28992" or "CRS84", in which it is stored.
        provenance: The name in the source file, where it differs from the id.
            A point made of two columns has both, longitude first: "lon,lat".
    """

    id: str
    type_name: str
    title: str = ""
    description: str = ""
    required: bool = False
    unit: str = ""
    enum: tuple[object, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    crs: str = ""
    provenance: str = ""

    @property
    def type(self) -> FieldType:
        """Give the row of the table of types."""
        return FIELD_TYPES[self.type_name]

    @property
    def column(self) -> str:
        """Name its column: the id, shortened where PostgreSQL would cut it."""
        return column_name(self.id)

    @property
    def crs84_column(self) -> str:
        """Name the column of a geometry in CRS84: itself, if it is stored so."""
        return self.column if self.crs == CRS84 else f"{self.column}__crs84"

    @property
    def wkt_column(self) -> str:
        """Name the column that holds a geometry as EWKT, for CSV."""
        return f"{self.column}__ewkt"

    @property
    def is_point(self) -> bool:
        """Tell whether it is a geometry that PostgreSQL has a type of its own for."""
        return self.type_name == "Point"

    @property
    def native_column(self) -> str:
        """Name the column that questions of place are asked of (ADR 0018).

        It is the point itself, or the box around any other geometry.
        """
        return f"{self.column}__{'point' if self.is_point else 'box'}"

    @property
    def wkb_column(self) -> str:
        """Name the column that holds a geometry as WKB; points have none."""
        return f"{self.column}__wkb"


@dataclass(frozen=True)
class Table:
    """A table of a dataset; its rows are one collection of the API."""

    id: str
    fields: tuple[Field, ...]
    identifier: tuple[str, ...] = ("id",)
    title: str = ""
    description: str = ""
    display: str = ""
    main_geometry: str = ""
    version: str = "1.0.0"

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """Map the ids of the fields to the fields."""
        return {f.id: f for f in self.fields}

    @property
    def key(self) -> Field:
        """Give the field that identifies a row."""
        return self.by_id[self.identifier[0]]

    @cached_property
    def geometry(self) -> Field | None:
        """Give the main geometry, or None."""
        geometries = [f for f in self.fields if f.type.is_geometry]
        named = self.by_id.get(self.main_geometry or "geometry")
        if named in geometries:
            return named
        return geometries[0] if geometries else None


@dataclass(frozen=True)
class Dataset:
    """A dataset version: what is served under one path of the API.

    Attributes:
        id: As in the schema (`^[a-z][A-Za-z0-9]*$`).
        path: Its place under /v1; may hold slashes.
        version: The API version in the path ("v1").
        release: The semantic version, of the `API-Version` header and info.version.
    """

    id: str
    tables: tuple[Table, ...]
    path: str = ""
    version: str = "v1"
    release: str = "1.0.0"
    title: str = ""
    description: str = ""
    license: str = ""
    owner: str = ""
    homepage: str = ""
    keywords: tuple[str, ...] = field(default=())

    def table(self, table_id: str) -> Table | None:
        """Find a table by its id, or give None."""
        return next((t for t in self.tables if t.id == table_id), None)


def column_name(field_id: str) -> str:
    """Give the column of a field: its id, or a cut one that a hash keeps unique.

    No field id has an underscore, so that what is added here clashes with none.
    """
    if field_id in _SYSTEM_COLUMNS:
        return f"{field_id}_"
    if len(field_id.encode()) <= _LONGEST_NAME:
        return field_id
    digest = hashlib.sha256(field_id.encode()).hexdigest()[:8]
    return f"{field_id[: _LONGEST_NAME - 9]}_{digest}"
