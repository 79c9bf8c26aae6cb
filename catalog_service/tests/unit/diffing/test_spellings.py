"""What is spelled differently and means the same is the same."""

from __future__ import annotations

import pytest

from .assertions import assert_same, ids
from .factories import (
    NUMBER,
    TEXT,
    asking,
    document,
    giving,
    objects,
    refer,
    schemas,
    sending,
)

NULL = {"type": "null"}
PLACE = objects(["x"], x=TEXT)
SAME = {
    "nullable": ({**TEXT, "nullable": True}, {"type": ["string", "null"]}),
    "x-nullable": ({**TEXT, "x-nullable": True}, {"type": ["string", "null"]}),
    "any of null": ({"anyOf": [TEXT, NULL]}, {"type": ["string", "null"]}),
    "one of null": ({"oneOf": [TEXT, {"enum": [None]}]}, {**TEXT, "nullable": True}),
    "null object": ({"oneOf": [PLACE, NULL]}, {**PLACE, "nullable": True}),
    "null in enum": (
        {**TEXT, "nullable": True, "enum": ["a"]},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    "list of one type": ({"type": ["string"]}, TEXT),
    "exclusive bound": (
        {
            "minimum": 1,
            "exclusiveMinimum": True,
            "maximum": 5,
            "exclusiveMaximum": False,
        },
        {"exclusiveMinimum": 1.0, "maximum": 5},
    ),
    "looser bound beside": ({"maximum": 5}, {"maximum": 5, "exclusiveMaximum": 9}),
    "no least size": ({"minLength": 0, "minItems": 0}, {}),
    "one and 1.0": ({"enum": [1, 2]}, {"enum": [2.0, 1.0]}),
    "order of required": (
        objects(["a", "b"], a={}, b={}),
        objects(["b", "a"], a={}, b={}),
    ),
    "enum of one": ({**TEXT, "enum": ["a"]}, {**TEXT, "const": "a"}),
    "all of one": (PLACE, {"allOf": [PLACE]}),
    "one of one": (PLACE, {"oneOf": [PLACE]}),
    "all of parts": (
        objects(["a"], a=TEXT, b=NUMBER),
        {"allOf": [objects(["a"], a=TEXT), objects(b=NUMBER)]},
    ),
    "parts of a property": (
        objects(a={**TEXT, "maxLength": 5}),
        {"allOf": [objects(a=TEXT), {"properties": {"a": {"maxLength": 5}}}]},
    ),
    "part that documents": (PLACE, {"allOf": [PLACE, {"description": "A place"}]}),
    "implied object": ({"properties": {"a": TEXT}}, objects(a=TEXT)),
    "implied array": ({"items": TEXT}, {"type": "array", "items": TEXT}),
    "anything more": (PLACE, {**PLACE, "additionalProperties": True}),
    "anything": ({}, True),
    "order of alternatives": ({"oneOf": [PLACE, TEXT]}, {"oneOf": [TEXT, PLACE]}),
    "documentation": ({**TEXT, "description": "a"}, {**TEXT, "example": "b"}),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_it_sees_the_same_in_a_request(one: object, other: object) -> None:
    assert_same(sending(one), sending(other))


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_it_sees_the_same_in_a_response(one: object, other: object) -> None:
    assert_same(giving(one), giving(other))


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_it_sees_the_same_behind_a_reference(one: object, other: object) -> None:
    referred = giving(refer("Place"), components=schemas(Place=other))

    changes = ids(giving(one, components=schemas(Place=one)), referred)

    assert changes == []


def test_it_sees_a_reference_with_siblings_as_all_of() -> None:
    beside = {**refer("Place"), "maxProperties": 3}
    whole = {"allOf": [refer("Place"), {"maxProperties": 3}]}
    components = schemas(Place=PLACE)

    assert_same(
        sending(beside, components=components), sending(whole, components=components)
    )


def test_it_ignores_siblings_of_a_reference_before_3_1() -> None:
    beside = {**refer("Place"), "maxProperties": 3}
    rest = {"components": schemas(Place=PLACE), "openapi": "3.0.3"}

    assert_same(sending(beside, **rest), sending(refer("Place"), **rest))


def test_it_sees_a_renamed_component_as_the_same() -> None:
    old = sending({"oneOf": [refer("A"), TEXT]}, components=schemas(A=PLACE))
    new = sending({"oneOf": [refer("B"), TEXT]}, components=schemas(B=PLACE))

    assert ids(old, new) == ["schema-removed", "schema-added"]


def test_it_sees_another_component_as_another() -> None:
    both = schemas(A=PLACE, B=PLACE)
    old = sending({"oneOf": [refer("A"), TEXT]}, components=both)
    new = sending({"oneOf": [refer("B"), TEXT]}, components=both)

    assert ids(old, new) == ["request-one-of-removed", "request-one-of-added"]


def test_it_sees_a_parameter_with_content_as_one_with_schema() -> None:
    old = asking({"type": "object", "maxProperties": 5})
    new = asking({"type": "object", "maxProperties": 3})

    assert ids(old, new) == ["request-max-properties-lowered"]


def test_it_sees_nothing_in_documentation() -> None:
    new = document(info={"title": "Other", "description": "New", "version": "2"})

    assert_same(document(), new)
