"""HAL JSON: rows with links, rendered by PostgreSQL (ADR 0003).

A row is one expression of SQL, used by requests and by the job that stores the text.
So a stored row and a row rendered on request are the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .json_text import dump, key_text, object_of
from .paging import Paging
from .schemas import (
    COLLECTION,
    FormatSchemas,
    Schema,
    field_schema,
    geometry_schemas,
    reference,
    schema_name,
)

NAME = "json"
MEDIA_TYPES = ("application/hal+json", "application/json")

# Part of every ETag, and of PhysicalTable.rendered_by: raise it with each change of
# the bytes that row_expression gives.
RENDERER_VERSION = "1"

# Stands for the URL of the dataset version, as the client addressed it. A raw control
# character cannot occur in JSON text (RFC 8259 §7), so it is found by its byte alone.
BASE_URL = b"\x01"

# What is selected of the sibling table that holds the finished JSON of each row.
STORED_ROW = sql.Composed([sql.Identifier("r", "json")])


def row_expression(
    table: Table, *, fields: Sequence[Field] | None = None
) -> sql.Composed:
    """Write the JSON text of one row over the alias `r`.

    BASE_URL stands where the URL of the dataset version belongs. The session must
    have TimeZone UTC. `fields` leaves fields out, or orders them; links always stay.
    """
    shown = table.fields if fields is None else fields
    if not shown:
        return sql.SQL("{} || '}}'").format(_links(table))
    # The object of the fields goes on where the links end: its brace is a comma here.
    return sql.SQL("{} || ',' || substr({}, 2)").format(_links(table), object_of(shown))


def page_body(rows: bytes, table: Table, paging: Paging) -> bytes:
    """Wrap the rows of a page, joined by commas, in a HAL collection."""
    links = {name: {"href": url} for name, url in paging.links}
    page = {"number": paging.number, "size": paging.size}
    if paging.total is not None:
        page |= {"totalElements": paging.total, "totalPages": paging.pages}
    if paging.estimate is not None:
        page["estimatedElements"] = paging.estimate
    opening = b'{"_embedded":{' + dump(table.id) + b":["
    closing = dump({"_links": links, "page": page})
    # The object of the closing goes on where that of the rows ends.
    return b"".join((opening, rows, b"]},", closing[1:]))


def schemas(table: Table, ids: Collection[str]) -> FormatSchemas:
    """Describe a page and a row."""
    collection = schema_name(table, COLLECTION, ids)
    named = {
        table.id: _row_schema(table),
        collection: _page_schema(table),
        "Link": _LINK_SCHEMA,
        "Page": _PAGE_SCHEMA,
        **geometry_schemas(table),
    }
    row = {"allOf": [reference(table.id)], "description": f"A row of {table.id}."}
    return FormatSchemas(reference(collection), row, named)


def _row_schema(table: Table) -> Schema:
    key = dict(table.key.type.openapi)
    self_link = {
        "type": "object",
        "required": ["href", "title", "id"],
        "properties": {
            "href": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "id": key,
        },
    }
    links = {
        "type": "object",
        "required": ["schema", "self"],
        "properties": {
            "schema": {"type": "string", "format": "uri"},
            "self": self_link,
        },
    }
    members = {f.id: field_schema(f) for f in table.fields}
    described = {"title": table.title, "description": table.description}
    return {
        **{name: text for name, text in described.items() if text},
        "type": "object",
        "required": ["_links"],
        "properties": {"_links": links, **members},
    }


def _page_schema(table: Table) -> Schema:
    rows = {"type": "array", "items": reference(table.id)}
    links = {name: reference("Link") for name in ("self", "next", "previous")}
    return {
        "type": "object",
        "required": ["_embedded", "_links", "page"],
        "properties": {
            "_embedded": {
                "type": "object",
                "required": [table.id],
                "properties": {table.id: rows},
            },
            "_links": {"type": "object", "required": ["self"], "properties": links},
            "page": reference("Page"),
        },
    }


_LINK_SCHEMA: Schema = {
    "type": "object",
    "required": ["href"],
    "properties": {"href": {"type": "string", "format": "uri"}},
}
_COUNT_SCHEMA: Schema = {"type": "integer", "minimum": 0}
_PAGE_SCHEMA: Schema = {
    "type": "object",
    "required": ["number", "size"],
    "properties": {
        "number": {"type": "integer", "minimum": 1},
        "size": {"type": "integer", "minimum": 1},
        "totalElements": {**_COUNT_SCHEMA, "description": "With _count=true."},
        "totalPages": {**_COUNT_SCHEMA, "description": "With _count=true."},
        "estimatedElements": {
            **_COUNT_SCHEMA,
            "description": "With _count=estimate, where the rows were not counted.",
        },
    },
}


def _links(table: Table) -> sql.Composed:
    """Write the object up to and including its `_links`."""
    base = BASE_URL.decode()
    schema = f"{base}/openapi.json#/components/schemas/{table.id}"
    opening = f'{{"_links":{{"schema":"{schema}","self":{{"href":"{base}/{table.id}/'
    return sql.SQL("{} || {} || {} || {} || {} || to_json({})::text || '}}}}'").format(
        sql.Literal(opening),
        _key_segment(table),
        sql.Literal('","title":'),
        _title(table),
        sql.Literal(',"id":'),
        sql.Identifier("r", table.key.column),
    )


def _key_segment(table: Table) -> sql.Composable:
    """Write the identifier as a segment of a path."""
    if table.key.type.name == "integer":
        return key_text(table)
    return sql.SQL("kade_url_segment({})").format(key_text(table))


def _title(table: Table) -> sql.Composable:
    display = table.by_id.get(table.display)
    if display is None or display.type.is_geometry:
        return sql.SQL("to_json({})::text").format(key_text(table))
    shown = sql.Identifier("r", display.column)
    return sql.SQL("to_json(coalesce({}::text, {}))::text").format(
        shown, key_text(table)
    )
