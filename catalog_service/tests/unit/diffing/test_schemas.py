"""What is found in schemas, and where."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.diffing import Change, Level, compare

from .assertions import ids
from .factories import NUMBER, TEXT, asking, giving, objects, refer, schemas, sending

TREE = objects(value=TEXT, children={"type": "array", "items": refer("Tree")})
OTHER_TREE = objects(value=NUMBER, children={"type": "array", "items": refer("Tree")})


def test_it_says_where_a_change_is_written() -> None:
    old = sending(refer("Bridge"), components=schemas(Bridge=objects(span=NUMBER)))
    new = sending(refer("Bridge"), components=schemas(Bridge=objects(span=TEXT)))

    (change,) = compare(old, new)

    assert change == Change(
        id="request-type-changed",
        level=Level.BREAKING,
        path="/bridges",
        method="POST",
        pointer_from="/components/schemas/Bridge/properties/span",
        pointer_to="/components/schemas/Bridge/properties/span",
        sentence="'span' in the request body is of another type: "
        "integer became string.",
        sentence_nl="'span' in de body van het verzoek is van een ander type: "
        "integer werd string.",
        place="request",
        field="span",
    )


def test_it_looks_into_recursive_schemas_once() -> None:
    old = giving(refer("Tree"), components=schemas(Tree=TREE))
    new = giving(refer("Tree"), components=schemas(Tree=OTHER_TREE))

    (change,) = compare(old, new)

    assert (change.id, change.field) == ("response-type-changed", "value")


def test_it_tells_a_change_of_a_component_once_an_operation() -> None:
    def using(part: Any) -> Any:
        whole = {"allOf": [objects(a=refer("Part")), objects(b=refer("Part"))]}
        return sending(whole, components=schemas(Part=part))

    (change,) = compare(using(TEXT), using(NUMBER))

    assert change.field == "a"


def test_it_finds_changes_behind_the_one_that_closes_a_circle() -> None:
    def circle(kind: Any) -> Any:
        a, b = objects(b=refer("B"), x=kind), objects(a=refer("A"))
        paths = {
            f"/{name}": {
                "get": {
                    "parameters": [{"name": "q", "in": "query", "schema": refer(name)}]
                }
            }
            for name in ("A", "B")
        }
        return {"openapi": "3.1.0", "paths": paths, "components": schemas(A=a, B=b)}

    changes = compare(circle(TEXT), circle(NUMBER))

    assert [(change.path, change.field) for change in changes] == [
        ("/A", "x"),
        ("/B", "a.x"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TEXT, {"type": ["string", "integer"]}, "request-type-widened"),
        (
            {**NUMBER, "format": "int32"},
            {**NUMBER, "format": "int64"},
            "request-type-widened",
        ),
        (
            {**NUMBER, "format": "int64"},
            {**NUMBER, "format": "int32"},
            "request-type-changed",
        ),
        (TEXT, {**TEXT, "format": "date"}, "request-type-changed"),
        (NUMBER, TEXT, "request-type-changed"),
        ({"not": TEXT}, {"not": NUMBER}, "request-condition-changed"),
    ],
)
def test_it_weighs_types(old: Any, new: Any, expected: str) -> None:
    assert ids(sending(old), sending(new)) == [expected]


def test_it_lets_a_number_become_text_where_all_is_text() -> None:
    assert ids(asking(NUMBER), asking(TEXT)) == ["request-type-widened"]


def test_it_only_informs_of_what_does_not_travel() -> None:
    old = sending(objects(a={**objects(b=TEXT), "readOnly": True}))
    new = sending(objects(a={**objects(b=NUMBER), "readOnly": True}))

    (change,) = compare(old, new)

    assert (change.id, change.level) == ("request-type-changed", Level.INFO)


def test_it_passes_over_a_required_property_that_is_read_only() -> None:
    made = {**TEXT, "readOnly": True}

    assert ids(sending(objects()), sending(objects(["made"], made=made))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TEXT, {"oneOf": [TEXT, NUMBER]}, "response-form-added"),
        (
            {**TEXT, "enum": ["a"]},
            {"anyOf": [{**TEXT, "enum": ["a"]}, {**TEXT, "pattern": "^b"}]},
            "response-form-split",
        ),
        ({"anyOf": [TEXT]}, {"anyOf": [TEXT, NUMBER]}, "response-form-added"),
        ({"anyOf": [TEXT]}, {"anyOf": [TEXT, {"const": 1}]}, "response-form-added"),
        (
            {"anyOf": [objects(a=TEXT)]},
            {"anyOf": [objects(a=TEXT), objects(b=TEXT)]},
            "response-any-of-added",
        ),
        ({"oneOf": [TEXT, NUMBER]}, TEXT, "response-one-of-removed"),
    ],
)
def test_it_takes_one_form_for_one_of_several(
    old: Any, new: Any, expected: str
) -> None:
    assert ids(giving(old), giving(new)) == [expected]


def test_it_pairs_the_member_that_remains() -> None:
    old = sending({"oneOf": [objects(a=TEXT), NUMBER]})
    new = sending({"oneOf": [objects(a=NUMBER), NUMBER]})

    (change,) = compare(old, new)

    assert (change.id, change.field) == ("request-type-changed", "oneOf.a")


def test_it_pairs_members_by_title() -> None:
    def titled(kind: Any) -> list[Any]:
        return [{**objects(**{name: kind}), "title": name} for name in "ab"]

    changes = compare(
        sending({"anyOf": titled(TEXT)}), sending({"anyOf": titled(NUMBER)})
    )

    assert [change.field for change in changes] == ["anyOf(a).a", "anyOf(b).b"]


def test_it_compares_references_out_of_the_document_as_text() -> None:
    old, new = ({"$ref": f"https://parts.test/{name}.json"} for name in "ab")

    assert ids(sending(old), sending(old)) == []
    assert ids(sending(old), sending(new)) == ["outside-reference-changed"]


def test_it_takes_a_circle_of_references_for_nothing() -> None:
    circle = schemas(A=refer("B"), B=refer("A"))

    assert (
        ids(sending(refer("A"), components=circle), sending(refer("A")))
        == ["schema-removed"] * 2
    )
