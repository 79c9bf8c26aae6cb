"""GeoJSON (RFC 7946): features in CRS84, with the main geometry of the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from psycopg import sql

from data_service.crs.systems import NamedCrs, named
from data_service.schemas.tables import CRS84, Field, Table

from .json_text import dump, key_text, object_of
from .paging import Paging
from .schemas import (
    FEATURE,
    FEATURE_COLLECTION,
    FormatSchemas,
    Schema,
    field_schema,
    geometry_schemas,
    reference,
    schema_name,
)

NAME = "geojson"
MEDIA_TYPES = ("application/geo+json",)
# The member of 2008, which older readers look at; it says what RFC 7946 §4 says.
_CRS = '"crs":{"type":"name","properties":{"name":"%s"}}'
CLOSING = b"]}"


def opening(crs: NamedCrs) -> bytes:
    """Open a collection whose coordinates are in a system."""
    return b'{"type":"FeatureCollection",%b,"features":[' % (_CRS % crs.urn).encode()


OPENING = opening(named(CRS84))


def row_expression(table: Table, *, fields: Sequence[Field]) -> sql.Composed:
    """Write the feature of one row over the alias `r`.

    The main geometry is its geometry, all other fields are its properties.
    """
    properties = [f for f in fields if f != table.geometry]
    return sql.SQL("{} || to_json({})::text || {} || {} || {} || {} || '}}'").format(
        sql.Literal('{"type":"Feature","id":'),
        sql.SQL("({} || {})").format(sql.Literal(f"{table.id}."), key_text(table)),
        sql.Literal(',"geometry":'),
        _geometry(table, fields),
        sql.Literal(',"properties":'),
        object_of(properties, column=_column),
    )


def page_body(
    rows: bytes, _table: Table, paging: Paging, *, start: bytes = OPENING
) -> bytes:
    """Wrap the features of a page, joined by commas, in a collection."""
    links = [{"rel": name, "href": url} for name, url in paging.links]
    return start + rows + b'],"_links":' + dump(links) + b"}"


def schemas(table: Table, ids: Collection[str]) -> FormatSchemas:
    """Describe a collection and a feature (RFC 7946 §3.2 and §3.3)."""
    feature = schema_name(table, FEATURE, ids)
    collection = schema_name(table, FEATURE_COLLECTION, ids)
    named = {
        feature: _feature_schema(table),
        collection: _collection_schema(feature),
        **geometry_schemas(table),
    }
    return FormatSchemas(reference(collection), reference(feature), named)


def _feature_schema(table: Table) -> Schema:
    geometry = table.geometry
    name = geometry.type.name if geometry else "Geometry"
    properties = {f.id: field_schema(f) for f in table.fields if f != geometry}
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string", "example": f"{table.id}.1"},
            "geometry": {"allOf": [reference(name)], "nullable": True},
            "properties": {"type": "object", "properties": properties},
        },
    }


def _collection_schema(feature: str) -> Schema:
    link = {
        "type": "object",
        "required": ["rel", "href"],
        "properties": {
            "rel": {"type": "string"},
            "href": {"type": "string", "format": "uri"},
        },
    }
    return {
        "type": "object",
        "required": ["type", "crs", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "crs": {"type": "object"},
            "features": {"type": "array", "items": reference(feature)},
            "_links": {"type": "array", "items": link},
        },
    }


def _column(field: Field) -> str:
    return field.crs84_column if field.type.is_geometry else field.column


def _geometry(table: Table, shown: Sequence[Field]) -> sql.Composable:
    if table.geometry is None or table.geometry not in shown:
        return sql.Literal("null")
    column = sql.Identifier("r", table.geometry.crs84_column)
    return sql.SQL("coalesce({}::text, 'null')").format(column)
