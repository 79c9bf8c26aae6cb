"""The operations on a table: its rows, and one row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from data_service.crs.systems import SUPPORTED, urn_of
from data_service.formats import formats_of
from data_service.querying.header_filters import header_name
from data_service.querying.operators import Operator, operators_of
from data_service.querying.reserved import RESERVED, Context, Reserved
from data_service.querying.values import VALUE_TYPES
from data_service.schemas.tables import Field, Table

from .responses import OF_PAGE, OF_ROW, Schema, common_responses, headers


def table_paths(table: Table, ids: Collection[str]) -> Schema:
    """Describe the paths of a table, of a dataset whose tables have these ids."""
    return {
        f"/{table.id}": {"get": _list_operation(table, ids)},
        f"/{table.id}/{{{_key_name(table)}}}": {"get": _row_operation(table, ids)},
    }


def table_schemas(table: Table, ids: Collection[str]) -> Schema:
    """Give the named schemas that the paths refer to."""
    named: Schema = {}
    for format_ in formats_of(table):
        named |= format_.schemas(table, ids).named
    return named


def _list_operation(table: Table, ids: Collection[str]) -> Schema:
    context = _context(table)
    content = {
        media_type: {"schema": format_.schemas(table, ids).page}
        for format_ in formats_of(table)
        for media_type in format_.media_types
    }
    return {
        "operationId": f"list{_capitalised(table.id)}",
        "summary": f"Rows of {table.title or table.id}",
        "description": _list_description(table),
        "tags": [table.id],
        "parameters": [
            *(_reserved_parameter(r, context) for r in RESERVED if r.is_documented),
            *_filters(table),
            *_crs_parameters(table),
        ],
        "responses": {
            "200": {
                "description": "A page of rows; in CSV, GeoJSON and NDJSON, without "
                "page and _pageSize, all rows.",
                "headers": headers(*OF_PAGE),
                "content": content,
            },
            **common_responses(),
        },
    }


def _list_description(table: Table) -> str:
    """Say what no parameter can: what links have, and that filters may be headers."""
    key = table.key.id
    in_header = (
        "A filter whose value must not stand in an address goes in a header: "
        f"`{header_name(key, 'in')}: …` is `{key}[in]=…`, and replaces it."
    )
    in_links = [f"`{r.name}`: {r.sentence}" for r in RESERVED if not r.is_documented]
    itself = table.description or f"The rows of the table {table.id}."
    return "\n\n".join((itself, *in_links, in_header))


def _filters(table: Table) -> list[Schema]:
    """Describe the filters; a field named as a reserved parameter has no plain one."""
    reserved = {r.name for r in RESERVED}
    return [
        _filter(field, operator)
        for field in table.fields
        for operator in operators_of(field)
        if operator.parameter(field) not in reserved
    ]


def _row_operation(table: Table, ids: Collection[str]) -> Schema:
    context = _context(table)
    content = {
        media_type: {"schema": format_.schemas(table, ids).row}
        for format_ in formats_of(table)
        for media_type in format_.media_types
    }
    return {
        "operationId": f"get{_capitalised(table.id)}",
        "summary": f"One row of {table.title or table.id}",
        "description": f"The row with the identifier {table.key.id}.",
        "tags": [table.id],
        "parameters": [
            _key_parameter(table),
            *(_reserved_parameter(r, context) for r in RESERVED if r.for_one_row),
            *_crs_parameters(table),
        ],
        "responses": {
            "200": {
                "description": "The row.",
                "headers": headers(*OF_ROW),
                "content": content,
            },
            **common_responses(),
        },
    }


def _context(table: Table) -> Context:
    return Context(table, tuple(f.name for f in formats_of(table)))


def _reserved_parameter(reserved: Reserved, context: Context) -> Schema:
    alias = reserved.alias
    has_alias = alias and alias not in context.table.by_id  # a field goes before it
    return _in_query(
        reserved.name,
        f"{reserved.sentence} Its alias is {alias}."
        if has_alias
        else reserved.sentence,
        reserved.schema(context),
        is_list=reserved.is_list,
    )


def _filter(field: Field, operator: Operator) -> Schema:
    return _in_query(
        operator.parameter(field),
        operator.sentence.format(field=field.title or field.id),
        operator.schema(field),
        is_list=operator.is_list,
    )


def _crs_parameters(table: Table) -> list[Schema]:
    """Describe the header that chooses a CRS, if there is something to choose for."""
    if table.geometry is None:
        return []
    description = (
        "The CRS of the coordinates, in the answer and in filters. A URN or URL of "
        "EPSG:4326 and EPSG:4258 has the latitude first, other names the longitude. "
        f"Without it rows come in {table.geometry.crs}, GeoJSON in CRS84, and filters "
        "are read in CRS84. A CRS that is not stored takes longer."
    )
    schema = {"type": "string", "enum": [*SUPPORTED, *map(urn_of, SUPPORTED)]}
    parameter = {"name": "Accept-Crs", "in": "header"}
    return [parameter | {"description": description, "schema": schema}]


def _in_query(
    name: str, description: str, schema: Mapping[str, Any], *, is_list: bool
) -> Schema:
    parameter = {
        "name": name,
        "in": "query",
        "description": description,
        "schema": dict(schema),
    }
    return parameter | ({"style": "form", "explode": False} if is_list else {})


def _key_parameter(table: Table) -> Schema:
    key = table.key
    schema = dict(VALUE_TYPES[key.type.name].schema)
    if schema.pop("maxLength", None):
        schema["minLength"] = 1
    return {
        "name": _key_name(table),
        "in": "path",
        "required": True,
        "description": key.description or "The identifier of the row.",
        "schema": schema,
    }


def _key_name(table: Table) -> str:
    return table.key.id


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
