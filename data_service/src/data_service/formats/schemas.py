"""What a format's documents look like, as schemas of OpenAPI 3.0."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from data_service.schemas.tables import Field, Table

Schema = dict[str, Any]
_POSITION = {
    "type": "array",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 4,
    "example": [4.9, 52.37],
}
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}

# What the schemas of a table are called after its id.
COLLECTION, FEATURE = "Collection", "Feature"
FEATURE_COLLECTION = f"{FEATURE}{COLLECTION}"
_KINDS = (COLLECTION, FEATURE, FEATURE_COLLECTION)
_GEOMETRY_COLLECTION = "GeometryCollection"
_GEOMETRIES: Schema = {
    "type": "object",
    "required": ["type", "geometries"],
    "properties": {
        "type": {"type": "string", "enum": [_GEOMETRY_COLLECTION]},
        "geometries": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Geometry"},
        },
    },
}


@dataclass(frozen=True)
class FormatSchemas:
    """The schemas of a page and of a row, and the named ones that they refer to."""

    page: Schema
    row: Schema
    named: Mapping[str, Schema]


def schema_name(table: Table, kind: str, ids: Collection[str]) -> str:
    """Name a schema of a table beside that of its rows, which is called as the table.

    `ids` are those of all tables of the dataset. One that has the name already, for its
    rows or with a kind of its own, keeps it; an underscore is in no id. Names that
    belong to no table begin with a capital, as no id does.
    """
    name = f"{table.id}{kind}"
    others = {name, *(name.removesuffix(known) for known in _KINDS)}
    is_taken = any(len(i) > len(table.id) and i in ids for i in others)
    return f"{table.id}_{kind}" if is_taken else name


def reference(name: str) -> Schema:
    """Refer to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def field_schema(field: Field) -> Schema:
    """Describe the value of a field in JSON."""
    schema = {**_described(field), **field.type.openapi}
    if field.unit:
        schema["x-unit"] = field.unit
    if "$ref" in schema:
        # A sibling of $ref is ignored in OpenAPI 3.0.
        schema["allOf"] = [{"$ref": schema.pop("$ref")}]
    if not field.required and field.type.openapi:
        schema["nullable"] = True
    if field.enum:
        schema["enum"] = [*field.enum, *([] if field.required else [None])]
    limits = {"minimum": field.minimum, "maximum": field.maximum}
    schema |= {name: limit for name, limit in limits.items() if limit is not None}
    if field.type.example is not None and not field.enum:
        schema["example"] = field.type.example
    return schema


def geometry_schemas(table: Table) -> dict[str, Schema]:
    """Describe the geometries of a table (RFC 7946 §3.1).

    They may be null themselves: OpenAPI 3.0.3 has `nullable` mean nothing beside a
    reference, and one of several that are null would be all of them.
    """
    names = {f.type.name for f in table.fields if f.type.is_geometry}
    if "Geometry" in names:
        anything = {
            "anyOf": [reference(name) for name in (*_DEPTHS, _GEOMETRY_COLLECTION)]
        }
        one_kind = {name: _geometry(name) for name in _DEPTHS}
        return {**one_kind, _GEOMETRY_COLLECTION: _GEOMETRIES, "Geometry": anything}
    return {name: _geometry(name) for name in sorted(names)}


def _geometry(name: str) -> Schema:
    coordinates: Schema = dict(_POSITION)
    for _ in range(_DEPTHS[name]):
        coordinates = {"type": "array", "items": coordinates}
    return {
        "type": "object",
        "nullable": True,
        "required": ["type", "coordinates"],
        "properties": {
            "type": {"type": "string", "enum": [name]},
            "coordinates": coordinates,
        },
    }


def _described(field: Field) -> Schema:
    texts = {"title": field.title, "description": field.description}
    if field.type.is_geometry and not field.description:
        texts["description"] = f"A geometry in {field.crs}."
    return {name: text for name, text in texts.items() if text}
