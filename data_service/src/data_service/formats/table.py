"""The one table of formats; the views and the documents read nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Protocol

from psycopg import sql

from data_service.crs.systems import NamedCrs, named
from data_service.schemas.tables import CRS84, Field, Table

from . import csv, geojson, hal
from .paging import Paging
from .schemas import FormatSchemas


class Select(Protocol):
    """Writes a select list of a row over the alias `r`."""

    def __call__(self, table: Table, /, *, fields: Sequence[Field]) -> sql.Composed: ...


@dataclass(frozen=True)
class Copy:
    """How the rows of a COPY become a document, whole or streamed.

    Attributes:
        options: The format of the COPY, csv or binary, and its options: each row of
            binary is one text.
        opening: The bytes before the rows, for the fields shown.
        lead: What stands between the opening and the first row, if there is one.
        separator: What stands between two rows.
        closing: The bytes after the rows.
    """

    options: str
    opening: Callable[[Sequence[Field]], bytes]
    lead: bytes
    separator: bytes
    closing: bytes

    def whole(self, fields: Sequence[Field], rows: Sequence[bytes]) -> bytes:
        """Give the whole document with these rows."""
        opening = self.opening(fields)
        closing = self.closing if opening or rows else b""
        return self.beginning(opening, rows) + closing

    def beginning(self, opening: bytes, rows: Sequence[bytes | memoryview]) -> bytes:
        """Give the opening and the first rows."""
        lead = self.lead if rows else b""
        return opening + lead + self.separator.join(rows)


@dataclass(frozen=True)
class Format:
    """A format of rows.

    Attributes:
        name: The value of `_format`, and the suffix of a file.
        media_types: What an Accept header may ask for; the first is the usual one.
        select: Writes what is selected of a row.
        schemas: Describes its documents, for OpenAPI.
        copy: How rows are copied; None where a whole table is not to be had.
        page_body: Wraps the rows of a page; None where pages are copied too.
        is_file: Whether a browser should keep it as a file.
    """

    name: str
    media_types: tuple[str, ...]
    select: Select
    schemas: Callable[[Table], FormatSchemas]
    copy: Copy | None = None
    page_body: Callable[[bytes, Table, Paging], bytes] | None = None
    is_file: bool = False


HAL = Format(
    hal.NAME,
    hal.MEDIA_TYPES,
    hal.row_expression,
    hal.schemas,
    page_body=hal.page_body,
)
CSV = Format(
    csv.NAME,
    csv.MEDIA_TYPES,
    csv.select_list,
    csv.schemas,
    copy=Copy("csv", csv.header, csv.LINE_END, csv.LINE_END, csv.LINE_END),
    is_file=True,
)
GEOJSON = Format(
    geojson.NAME,
    geojson.MEDIA_TYPES,
    geojson.row_expression,
    geojson.schemas,
    copy=Copy("binary", lambda _fields: geojson.OPENING, b"", b",", geojson.CLOSING),
    page_body=geojson.page_body,
)
FORMATS = (HAL, CSV, GEOJSON)


@lru_cache
def csv_format(header: str, separator: str) -> Format:
    """Give CSV with another header or separator."""
    if (header, separator) == ("id", ","):
        return CSV
    opening = partial(csv.header, kind=header, separator=separator)
    lead = b"" if header == "none" else csv.LINE_END
    copy = Copy(csv.options(separator), opening, lead, csv.LINE_END, csv.LINE_END)
    return replace(CSV, copy=copy)


def formats_of(table: Table) -> tuple[Format, ...]:
    """Give the formats that a table has; without a geometry, no GeoJSON."""
    return tuple(f for f in FORMATS if table.geometry or f is not GEOJSON)


def crs_of(format_: Format, table: Table, asked: NamedCrs | None) -> NamedCrs | None:
    """Give the CRS that rows come in; None for a table without geometries.

    GeoJSON has the longitude or the easting first, whatever the name says.
    """
    if table.geometry is None:
        return None
    if format_.name == geojson.NAME:
        return asked.easting_first if asked else named(CRS84)
    return asked or named(table.geometry.crs)


def is_usual(format_: Format, table: Table, crs: NamedCrs | None) -> bool:
    """Tell whether rows come in the CRS that the format gives by itself."""
    usual = crs_of(format_, table, None)
    if crs is None or usual is None:
        return True
    return crs.id == usual.id and crs.is_swapped == usual.is_swapped


@lru_cache(maxsize=32)
def placed_format(format_: Format, crs: NamedCrs) -> Format:
    """Give a format for rows in a CRS: GeoJSON says in which one they are."""
    if format_.name != geojson.NAME or format_.copy is None:
        return format_
    start = geojson.opening(crs)
    copy = replace(format_.copy, opening=lambda _fields: start)
    return replace(
        format_, copy=copy, page_body=partial(geojson.page_body, start=start)
    )
