"""Rows in another reference system than that in which they are stored.

The formats write the columns that a field names. So a field that names other columns
is all it takes: those in CRS84, which are stored too, or columns added on the way, in
which geometries stand in code until `recoding` replaces them.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from psycopg import sql

from data_service.crs.systems import NamedCrs, are_alike, is_degrees, srid
from data_service.schemas.tables import Field, Table

# Nobody can have published it: it is another one in each process.
MARK = f"kade-{secrets.token_hex(12)}-"


@dataclass(frozen=True)
class PlacedField(Field):
    """A geometry whose GeoJSON and EWKT are taken from the columns named here."""

    json_column: str = ""
    text_column: str = ""

    @property
    def column(self) -> str:
        """Name the column of its GeoJSON."""
        return self.json_column

    @property
    def crs84_column(self) -> str:
        """Name the column of its GeoJSON, also for formats that usually give CRS84."""
        return self.json_column

    @property
    def wkt_column(self) -> str:
        """Name the column of its EWKT."""
        return self.text_column


@dataclass(frozen=True)
class Placement:
    """A table as the formats should see it.

    Attributes:
        added: Definitions of columns, over the alias `t` of the physical table.
        coded: The systems of the fields that stand in code, by their number.
    """

    table: Table
    added: tuple[sql.Composable, ...] = ()
    coded: tuple[str, ...] = ()


def place_table(table: Table, crs: NamedCrs) -> Placement:
    """Give a table with its geometries in a system."""
    fields: list[Field] = []
    added: list[sql.Composable] = []
    coded: list[str] = []
    for field in table.fields:
        if not field.type.is_geometry:
            fields.append(field)
            continue
        placed, definitions = _place(field, crs, len(coded))
        fields.append(placed)
        added += definitions
        coded.append(field.crs)
    return Placement(replace(table, fields=tuple(fields)), tuple(added), tuple(coded))


def _place(
    field: Field, crs: NamedCrs, number: int
) -> tuple[Field, Sequence[sql.Composable]]:
    json, text = f"{field.column}__as", f"{field.column}__as_ewkt"
    code = _code(field, number)
    as_text = sql.SQL("{} AS {}").format(code, sql.Identifier(text))
    if not crs.is_swapped and are_alike(crs.id, field.crs):
        return _renamed(field, crs, text)
    if not crs.is_swapped and is_degrees(crs.id):
        return _placed(field, field.crs84_column, text), (as_text,)
    as_json = sql.SQL("to_json({}) AS {}").format(code, sql.Identifier(json))
    return _placed(field, json, text), (as_json, as_text)


def _renamed(
    field: Field, crs: NamedCrs, text: str
) -> tuple[Field, Sequence[sql.Composable]]:
    """Place a field whose numbers stay: EWKT still says in which system they are."""
    number = srid(crs.id)
    if number == srid(field.crs):
        return _placed(field, field.column, field.wkt_column), ()
    as_text = sql.SQL("{} || split_part({}, ';', 2) AS {}").format(
        sql.Literal(f"SRID={number};"),
        sql.Identifier("t", field.wkt_column),
        sql.Identifier(text),
    )
    return _placed(field, field.column, text), (as_text,)


def _placed(field: Field, json: str, text: str) -> PlacedField:
    return PlacedField(**vars(field), json_column=json, text_column=text)


def _code(field: Field, number: int) -> sql.Composable:
    """Write a geometry as the mark, its number, and WKB or GeoJSON as digits."""
    mark = sql.Literal(f"{MARK}{number}:")
    if field.is_point:
        geojson = sql.Identifier("t", field.column)
        return sql.SQL("{} || encode(convert_to({}::text, 'UTF8'), 'hex')").format(
            mark, geojson
        )
    wkb = sql.Identifier("t", field.wkb_column)
    return sql.SQL("{} || encode({}, 'hex')").format(mark, wkb)
