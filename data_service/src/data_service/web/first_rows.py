"""The first rows of tables as texts, all tables in one statement.

Each row comes as an array of texts, cut by PostgreSQL: tables of different shapes fit
in one answer, and a polygon of a megabyte stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from data_service.schemas.tables import Field, Table

ROWS_SHOWN = 5
FIELDS_SHOWN = 24
_LONGEST_TEXT = 80

_ONE_TABLE = sql.SQL(
    "SELECT {place}::int AS place, _ordinal, ARRAY[{texts}]::text[] AS texts"
    " FROM rows.{table} WHERE _ordinal <= {shown}"
)


@dataclass(frozen=True)
class FirstRows:
    """The first rows of a table: the fields that fit, and a tuple of texts a row."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[str | None, ...], ...]
    fields_left_out: int


def read_first_rows(tables: Sequence[tuple[Table, str]]) -> tuple[FirstRows, ...]:
    """Read the first rows of each table, given with its name in PostgreSQL."""
    texts: list[list[tuple[str | None, ...]]] = [[] for _ in tables]
    for place, _ordinal, values in _fetch(tables):
        texts[place].append(tuple(map(_shortened, values)))
    return tuple(
        FirstRows(
            fields=table.fields[:FIELDS_SHOWN],
            rows=tuple(rows),
            fields_left_out=max(0, len(table.fields) - FIELDS_SHOWN),
        )
        for (table, _), rows in zip(tables, texts, strict=True)
    )


def _fetch(
    tables: Sequence[tuple[Table, str]],
) -> list[tuple[int, int, list[str | None]]]:
    if not tables:
        return []
    parts = [_one_table(place, *pair) for place, pair in enumerate(tables)]
    statement = sql.SQL(" UNION ALL ").join(parts) + sql.SQL(" ORDER BY 1, 2")
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[int, int, list[str | None]]] = cursor.fetchall()
    return found


def _one_table(place: int, table: Table, name: str) -> sql.Composed:
    return _ONE_TABLE.format(
        place=sql.Literal(place),
        texts=sql.SQL(", ").join(map(_text, table.fields[:FIELDS_SHOWN])),
        table=sql.Identifier(name),
        shown=sql.Literal(ROWS_SHOWN),
    )


def _text(field: Field) -> sql.Composed:
    if field.type.is_geometry:
        # EWKT without its SRID: the field's CRS stands in the list of fields.
        text = sql.SQL("split_part({}, ';', 2)").format(
            sql.Identifier(field.wkt_column)
        )
    else:
        text = sql.SQL("{}::text").format(sql.Identifier(field.column))
    return sql.SQL("left({}, {})").format(text, sql.Literal(_LONGEST_TEXT + 1))


def _shortened(text: str | None) -> str | None:
    if text is None or len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[: _LONGEST_TEXT - 1]}…"
