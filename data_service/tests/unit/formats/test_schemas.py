"""What the documents of a format look like."""

import pytest
from openapi_schema_validator import OAS30ReadValidator

from data_service.formats import formats_of
from data_service.formats.schemas import field_schema, geometry_schemas
from data_service.schemas.tables import Field, Table
from data_service.schemas.types import FIELD_TYPES


@pytest.mark.parametrize(
    ("field", "schema"),
    [
        (
            Field("a", "integer", required=True),
            {"type": "integer", "format": "int64", "example": 1},
        ),
        (
            Field("a", "string", title="A", description="An a."),
            {
                "title": "A",
                "description": "An a.",
                "type": "string",
                "nullable": True,
                "example": "text",
            },
        ),
        (
            Field("a", "string", enum=("x", "y")),
            {"type": "string", "nullable": True, "enum": ["x", "y", None]},
        ),
        (
            Field("a", "number", required=True, minimum=0, maximum=9, unit="m"),
            {
                "type": "number",
                "x-unit": "m",
                "minimum": 0,
                "maximum": 9,
                "example": 1.5,
            },
        ),
        (
            Field("a", "Point", crs="EPSG:28992"),
            {
                "description": "A geometry in EPSG:28992.",
                "allOf": [{"$ref": "#/components/schemas/Point"}],
                "nullable": True,
            },
        ),
        (Field("a", "object/json"), {"example": {}}),
    ],
)
def test_it_describes_a_field(field, schema):
    assert field_schema(field) == schema


@pytest.mark.parametrize("name", sorted(FIELD_TYPES))
def test_it_describes_every_type(name):
    assert field_schema(Field("a", name, crs="CRS84"))


def test_it_nests_coordinates_as_deep_as_the_geometry():
    table = Table("t", (Field("id", "integer"), Field("g", "Polygon", crs="CRS84")))

    polygon = geometry_schemas(table)["Polygon"]

    rings = polygon["properties"]["coordinates"]
    assert rings["items"]["items"]["items"] == {"type": "number"}


@pytest.mark.parametrize("name", ["Point", "Geometry"])
def test_it_lets_a_geometry_be_null(name):
    field = Field("g", name, crs="CRS84")
    named = geometry_schemas(Table("t", (Field("id", "integer"), field)))
    schema = {**field_schema(field), "components": {"schemas": named}}

    OAS30ReadValidator(schema).validate(None)
    OAS30ReadValidator(schema).validate({"type": "Point", "coordinates": [1, 2]})


def test_it_takes_a_collection_for_any_geometry():
    field = Field("g", "Geometry", crs="CRS84", required=True)
    named = geometry_schemas(Table("t", (Field("id", "integer"), field)))
    point = {"type": "Point", "coordinates": [1, 2]}

    OAS30ReadValidator(
        {**field_schema(field), "components": {"schemas": named}}
    ).validate({"type": "GeometryCollection", "geometries": [point]})


def test_it_offers_all_geometries_for_any():
    table = Table("t", (Field("id", "integer"), Field("g", "Geometry", crs="CRS84")))

    assert len(geometry_schemas(table)["Geometry"]["anyOf"]) == 7


def test_it_has_no_geojson_without_a_geometry():
    table = Table("t", (Field("id", "integer"),))

    assert [f.name for f in formats_of(table)] == ["json", "csv", "ndjson"]
