"""The one table of formats; the views and the documents read nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import LiteralString, Protocol

from psycopg import sql

from data_service.crs.systems import NamedCrs, named
from data_service.schemas.tables import CRS84, Field, Table

from . import csv, geojson, hal, ndjson
from .paging import Paging
from .schemas import FormatSchemas


class Select(Protocol):
    """Writes a select list of a row over the alias `r`."""

    def __call__(
        self, table: Table, /, *, fields: Sequence[Field]
    ) -> sql.Composable: ...


@dataclass(frozen=True)
class Copy:
    """How the rows of a COPY become a document, whole or streamed.

    Attributes:
        options: The options of the COPY: each row of `FORMAT binary` is one text.
        opening: The bytes before the rows, for the fields shown.
        separator: What stands between two rows.
        last: What stands after the last row, if there is one.
        closing: The bytes after the rows.
    """

    options: LiteralString
    opening: Callable[[Sequence[Field]], bytes] = lambda _fields: b""
    separator: bytes = b"\n"
    last: bytes = b""
    closing: bytes = b""

    def whole(self, fields: Sequence[Field], rows: Sequence[bytes]) -> bytes:
        """Give the whole document with these rows."""
        last = self.last if rows else b""
        return self.opening(fields) + self.separator.join(rows) + last + self.closing


@dataclass(frozen=True, eq=False)
class Format:
    """A format of rows.

    Attributes:
        name: The value of `_format`, and the suffix of a file.
        media_types: What an Accept header may ask for; the first is the usual one.
        select: Writes what is selected of a row.
        schemas: Describes its documents, for OpenAPI, beside all tables with these ids.
        copy: How rows are copied; None where a whole table is not to be had.
        page_body: Wraps the rows of a page; None where pages are copied too.
        is_file: Whether a browser should keep it as a file.
    """

    name: str
    media_types: tuple[str, ...]
    select: Select
    schemas: Callable[[Table, Collection[str]], FormatSchemas]
    copy: Copy | None = None
    page_body: Callable[[bytes, Table, Paging], bytes] | None = None
    is_file: bool = False


def csv_copy(names: str = "id", separator: str = csv.SEPARATORS[0]) -> Copy:
    """Say how rows become CSV, with these names in the first line."""
    return Copy(
        _CSV_OPTIONS[separator],
        partial(csv.header, names=names, separator=separator),
        separator=csv.LINE_END,
        last=csv.LINE_END,
    )


_CSV_OPTIONS: Mapping[str, LiteralString] = {
    ",": "FORMAT csv",
    ";": "FORMAT csv, DELIMITER ';'",
    "|": "FORMAT csv, DELIMITER '|'",
    "\t": "FORMAT csv, DELIMITER E'\\t'",
}
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
    copy=csv_copy(),
    is_file=True,
)
GEOJSON = Format(
    geojson.NAME,
    geojson.MEDIA_TYPES,
    geojson.row_expression,
    geojson.schemas,
    copy=Copy(
        "FORMAT binary",
        lambda _fields: geojson.OPENING,
        separator=b",",
        closing=geojson.CLOSING,
    ),
    page_body=geojson.page_body,
)
NDJSON = Format(
    ndjson.NAME,
    ndjson.MEDIA_TYPES,
    ndjson.row_expression,
    ndjson.schemas,
    copy=Copy("FORMAT binary", last=b"\n"),
    is_file=True,
)
FORMATS = (HAL, CSV, GEOJSON, NDJSON)
_WITHOUT_GEOMETRY = (HAL, CSV, NDJSON)


def formats_of(table: Table) -> tuple[Format, ...]:
    """Give the formats that a table has; without a geometry, no GeoJSON."""
    return FORMATS if table.geometry else _WITHOUT_GEOMETRY


def copied_as(format_: Format, *, names: str, separator: str) -> Format:
    """Give a format with the options that only CSV has."""
    if format_ is not CSV:
        return format_
    return replace(format_, copy=csv_copy(names, separator))


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
