"""Which values fit which schemas."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.linting.description import Description
from catalog_service.linting.matching import matcher_of
from catalog_service.linting.nodes import Node

NAMED = {
    "Tree": {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "integer"}},
    },
    "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
}
TREE = {"$ref": "#/components/schemas/Tree"}


def _fault(schema: Any, value: Any, version: str = "3.1.0") -> str | None:
    """Return where and why a value does not fit."""
    description = Description({"openapi": version, "components": {"schemas": NAMED}})
    fault = matcher_of(description).first_fault(Node(schema), Node(value))
    if fault is None:
        return None
    return f"{fault.node.pointer}: {fault.sentence.filled(fault.words)[1]}"


FITS = [
    ({"type": "integer"}, 3.0),
    ({"type": ["string", "null"]}, None),
    ({"type": "strange"}, 1),
    ({"type": "number"}, 1),
    ({"enum": [1, None]}, None),
    ({"enum": 5}, 1),
    ({"const": [1]}, [1]),
    ({"required": "id"}, {}),
    ({"required": ["id"], "properties": {"id": {"readOnly": True}}}, {}),
    ({"format": "date"}, "2024-02-29"),
    ({"format": "date"}, 5),
    ({"format": "date-time"}, "2024-02-29T23:59:60.5+01:00"),
    ({"format": "uuid"}, "0F8FAD5B-D9CB-469F-A165-70867728950E"),
    ({"format": "ipv6"}, "::1"),
    ({"format": "email"}, "a@example.org"),
    ({"format": "int32"}, 2**31 - 1),
    ({"format": "unknown"}, "x"),
    ({"pattern": "^a+$"}, "aaa"),
    ({"pattern": "(?=b)a"}, "zzz"),
    ({"pattern": "a"}, 5),
    ({"uniqueItems": True}, [1, "1", True]),
    ({"minimum": 3, "exclusiveMaximum": 4}, 3),
    ({"minimum": 3}, "text"),
    ({"multipleOf": 0.1}, 0.3),
    ({"multipleOf": 0}, 5),
    ({"multipleOf": 5e-324}, 1e300),
    ({"maxLength": 2}, "ab"),
    ({"additionalProperties": False, "patternProperties": {".": {}}}, {"a": 1}),
    ({"items": {"type": "string"}}, ["a"]),
    ({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, ["a", 1]),
    ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, 1),
    ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, 1),
    ({"oneOf": [{"pattern": "(?=b)a"}, {"type": "string"}]}, "text"),
    ({"not": {"type": "string"}}, 1),
    ({"$ref": "elsewhere.json"}, 1),
    ({"$ref": "#/components/schemas/Loop"}, 1),
    (TREE, {"id": 1, "name": "Oak"}),
    (True, 1),
    (5, 1),
]


@pytest.mark.parametrize(("schema", "value"), FITS)
def test_it_accepts_what_fits(schema: Any, value: Any) -> None:
    assert _fault(schema, value) is None


FAULTS = [
    ({"type": "integer"}, 3.5, ": The value 3.5 is not of type integer."),
    ({"type": "number"}, True, ": The value True is not of type number."),
    ({"type": "object"}, [1], ": The value […] is not of type object."),
    ({"enum": [1]}, True, ": The value True is none of the allowed values."),
    ({"const": 1}, 2, ": The value 2 is none of the allowed values."),
    (
        {"format": "date"},
        "2023-02-29",
        ": The value 2023-02-29 does not have the format 'date'.",
    ),
    (
        {"format": "date-time"},
        "2024",
        ": The value 2024 does not have the format 'date-time'.",
    ),
    ({"format": "ipv4"}, "1.2.3", ": The value 1.2.3 does not have the format 'ipv4'."),
    ({"format": "uri"}, "a b", ": The value a b does not have the format 'uri'."),
    ({"pattern": "^a+$"}, "b", ": The value b does not match the pattern ^a+$."),
    (
        {"uniqueItems": True},
        [{"a": 1}, {"a": 1}],
        ": The list holds a value more than once.",
    ),
    ({"minItems": 2}, [1], ": The value […] does not meet minItems 2."),
    ({"exclusiveMinimum": 3}, 3, ": The value 3 does not meet exclusiveMinimum 3."),
    ({"multipleOf": 2}, 3, ": The value 3 does not meet multipleOf 2."),
    ({"maxProperties": 0}, {"a": 1}, ": The value {…} does not meet maxProperties 0."),
    ({"items": {"type": "string"}}, ["a", 1], "/1: The value 1 is not of type string."),
    ({"items": [{"type": "string"}]}, [1], "/0: The value 1 is not of type string."),
    (
        {"prefixItems": [{"type": "string"}]},
        [1],
        "/0: The value 1 is not of type string.",
    ),
    ({"additionalProperties": False}, {"a": 1}, "/a: The schema allows nothing here."),
    (
        {"anyOf": [{"type": "string"}, False]},
        1,
        ": The value fits none of the schemas of anyOf.",
    ),
    (
        {"oneOf": [{"type": "string"}]},
        1,
        ": The value fits none of the schemas of oneOf.",
    ),
    ({"oneOf": [{}, {}]}, 1, ": The value fits more than one of the schemas of oneOf."),
    ({"not": {}}, 1, ": The schema allows nothing here."),
    ({"allOf": [TREE]}, {}, ": The required property 'id' is missing."),
    (TREE, {"id": "x"}, "/id: The value x is not of type integer."),
    (
        {**TREE, "maxProperties": 0},
        {"id": 1},
        ": The value {…} does not meet maxProperties 0.",
    ),
]


@pytest.mark.parametrize(("schema", "value", "fault"), FAULTS)
def test_it_says_where_and_why_a_value_does_not_fit(
    schema: Any, value: Any, fault: str
) -> None:
    assert _fault(schema, value) == fault


def test_it_reads_schemas_of_openapi_3_0_as_they_were_meant() -> None:
    bounded = {"minimum": 3, "exclusiveMinimum": True}

    assert _fault({"type": "string", "nullable": True}, None, "3.0.3") is None
    assert _fault({**TREE, "maxProperties": 0}, {"id": 1}, "3.0.3") is None
    assert _fault(bounded, 4, "3.0.3") is None
    assert _fault(bounded, 3, "3.0.3") is not None


def test_it_leaves_undecided_what_takes_too_long() -> None:
    value: list[Any] = ["not a number"]
    for _ in range(30):
        value = [value, value]
    schema: dict[str, Any] = {"type": "integer"}
    for _ in range(30):
        schema = {"anyOf": [{"items": schema}, {"items": schema}]}

    assert _fault(schema, value) is None
