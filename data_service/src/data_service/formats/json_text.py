"""JSON text written by PostgreSQL, compact and in the order of the fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from psycopg import sql

from data_service.schemas.tables import Field, Table

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LONGEST_NAME = 63  # bytes of a column's name in PostgreSQL


def dump(value: object) -> bytes:
    """Write a value of Python as PostgreSQL would."""
    return _encode(value).encode()


def stored_column(field: Field) -> str:
    """Name the column of a field as it was loaded."""
    return field.column


def object_of(
    fields: Sequence[Field], *, column: Callable[[Field], str] = stored_column
) -> sql.Composable:
    """Write the text of an object with the fields, over the alias `r`.

    row_to_json is the fastest writer there is, but its names are names of columns, and
    PostgreSQL cuts those. `column` names the column of a field, if there is a choice.
    """
    if not fields:
        return sql.SQL("'{{}}'").format()
    if any(len(f.id.encode()) > _LONGEST_NAME for f in fields):
        members = sql.SQL(" || ',' || ").join(_member(f.id, column(f)) for f in fields)
        return sql.SQL("'{{' || {} || '}}'").format(members)
    columns = sql.SQL(", ").join(
        sql.SQL("{} AS {}").format(sql.Identifier("r", column(f)), sql.Identifier(f.id))
        for f in fields
    )
    # A column goes before a table of the same name; no field has this one's.
    return sql.SQL("row_to_json((SELECT _row FROM (SELECT {}) AS _row))::text").format(
        columns
    )


def key_text(table: Table) -> sql.Composable:
    """Write the identifier as text, over the alias `r`."""
    return sql.SQL("{}::text").format(sql.Identifier("r", table.key.column))


def _member(name: str, column: str) -> sql.Composable:
    return sql.SQL("{} || coalesce(to_json({})::text, 'null')").format(
        sql.Literal(f"{json.dumps(name)}:"), sql.Identifier("r", column)
    )
