"""CSV (RFC 4180): CRLF, a header also when there are no rows, UTF-8 without a BOM.

PostgreSQL quotes the values (COPY … FORMAT csv); what differs from its own text of a
value is said in the select list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import LiteralString

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .schemas import FormatSchemas

NAME = "csv"
MEDIA_TYPES = ("text/csv",)
LINE_END = b"\r\n"


def select_list(_table: Table, *, fields: Sequence[Field]) -> sql.Composed:
    """Write the values of a row over the alias `r`; geometries are EWKT."""
    return sql.SQL(", ").join(map(_value, fields))


def header(fields: Sequence[Field], *, kind: str = "id", separator: str = ",") -> bytes:
    """Write the line with the ids or titles of the fields, without its end.

    There is none of the kind `none`.
    """
    if kind == "none":
        return b""
    names = [f.id if kind == "id" else f.title or f.id for f in fields]
    text = io.StringIO()
    csv.writer(text, lineterminator="", delimiter=separator).writerow(names)
    return text.getvalue().encode()


def options(separator: str) -> str:
    """Write the options of the COPY; the separator is a single safe character."""
    return f"csv, DELIMITER '{separator}'"


def schemas(_table: Table) -> FormatSchemas:
    """Describe a page and a row: both are text."""
    return FormatSchemas({"type": "string"}, {"type": "string"}, {})


def _value(field: Field) -> sql.Composable:
    column = field.wkt_column if field.type.is_geometry else field.column
    return sql.SQL(_template(field)).format(sql.Identifier("r", column))


def _template(field: Field) -> LiteralString:
    if field.type.item:
        return "array_to_string({}, ',')"
    return _TEMPLATES.get(field.type.name, "{}")


_TEMPLATES: dict[str, LiteralString] = {
    "boolean": "{}::text",  # true, not t
    # The same text as in JSON (RFC 3339); the session is in UTC, so +00 is its end.
    "string/date-time": "replace({}::text, ' ', 'T') || ':00'",
}
