"""NDJSON: each line is the JSON object of one row, with its fields and no links.

Those who read lines want columns (pandas, DuckDB, jq, bulk loaders): `_links` would be
one more, and half of the bytes. Geometries and values are those of HAL JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .json_text import object_of
from .schemas import FormatSchemas

NAME = "ndjson"
MEDIA_TYPES = ("application/x-ndjson",)


def row_expression(_table: Table, *, fields: Sequence[Field]) -> sql.Composable:
    """Write the line of one row over the alias `r`, without its end."""
    text = object_of(fields)
    if any(f.type.name == "object/json" for f in fields):
        # Kept as it was written. A raw line end in it can only be white space: within
        # a string it would be escaped (RFC 8259 §7).
        return sql.SQL("translate({}, E'\\n\\r', '  ')").format(text)
    return text


def schemas(_table: Table, _ids: Collection[str]) -> FormatSchemas:
    """Describe a page and a row: OpenAPI 3.0 has no word for lines of JSON."""
    return FormatSchemas({"type": "string"}, {"type": "string"}, {})
