"""CSV (RFC 4180): CRLF, a header also when there are no rows, UTF-8 without a BOM.

PostgreSQL quotes the values (COPY … FORMAT csv); what differs from its own text of a
value is said in the select list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import LiteralString

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .schemas import FormatSchemas

NAME = "csv"
MEDIA_TYPES = ("text/csv",)
LINE_END = b"\r\n"
# How a field is called in the first line, by the value of `_csv_header`.
HEADERS: Mapping[str, Callable[[Field], str] | None] = {
    "id": lambda field: field.id,
    "titles": lambda field: field.title or field.id,
    "none": None,
}
SEPARATORS = (",", ";", "|", "\t")


def select_list(_table: Table, *, fields: Sequence[Field]) -> sql.Composed:
    """Write the values of a row over the alias `r`; geometries are EWKT.

    A line is never blank, for most readers take a blank one for no row: no value that
    is alone on its line is an empty text, which COPY quotes.
    """
    values = [_value(field) for field in fields]
    if len(values) == 1:
        values = [sql.SQL("coalesce(({})::text, '')").format(*values)]
    return sql.SQL(", ").join(values)


def header(
    fields: Sequence[Field], names: str = "id", separator: str = SEPARATORS[0]
) -> bytes:
    """Write the line with the names of the fields, which HEADERS gives."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    name = HEADERS[names]
    if name is not None:
        writer.writerow([name(f) for f in fields])
    return text.getvalue().encode()


def schemas(_table: Table, _ids: Collection[str]) -> FormatSchemas:
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
