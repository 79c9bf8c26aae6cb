"""What the official schemas say of a document, in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.linting import lint

OPERATION = {"responses": {"200": {"descripton": "OK"}}}
PATHS = {"/trees": {"get": OPERATION}}
ANSWER = "/paths/~1trees/get/responses/200"
NO_DESCRIPTION = {
    (ANSWER, "The required property 'description' is missing."),
    (f"{ANSWER}/descripton", "The property 'descripton' does not belong here."),
}


def _faults(content: dict[str, Any]) -> set[tuple[str, str]]:
    findings = lint(content).findings
    rules = ("oas3-schema", "oas2-schema")
    return {(f.pointer, f.sentence_en) for f in findings if f.rule in rules}


@pytest.mark.parametrize(
    "version",
    [
        {"swagger": "2.0"},
        {"openapi": "3.0.3"},
        {"openapi": "3.1.0"},
        {"openapi": "3.2.0"},
    ],
)
def test_it_says_the_same_of_every_version(version: dict[str, str]) -> None:
    document = {**version, "info": {"title": "Trees", "version": "1"}, "paths": PATHS}
    if version == {"openapi": "3.2.0"}:
        document["paths"] = {
            "/trees": {"get": {"responses": {"200": {"descripton": 1}}}}
        }

    faults = _faults(document)

    assert faults <= NO_DESCRIPTION
    assert faults


@pytest.mark.parametrize("version", ["3.1.0", "3.2.0"])
def test_it_looks_into_schemas(version: str) -> None:
    schemas = {"Tree": {"properties": {"id": {"type": "int"}}}}
    document = {
        "openapi": version,
        "info": {"title": "Trees", "version": "1"},
        "components": {"schemas": schemas},
    }

    pointers = {pointer for pointer, _ in _faults(document)}

    assert pointers == {"/components/schemas/Tree/properties/id/type"}


def test_it_tells_which_kind_was_meant() -> None:
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Trees", "version": "1"},
        "paths": {"/trees": {"parameters": [{"name": "a", "in": "query"}]}},
        "components": {
            "securitySchemes": {"login": {"type": "oauth2"}},
            "schemas": {"Tree": {"type": "int"}},
            "responses": {"Found": {"$ref": 5}},
        },
    }

    assert _faults(document) == {
        ("/components/responses/Found/$ref", "The value must be of type string."),
        ("/components/schemas/Tree/type", "The value int is not allowed here."),
        (
            "/components/securitySchemes/login",
            "The required property 'flows' is missing.",
        ),
        (
            "/paths/~1trees/parameters/0",
            "One of these properties is required: schema, content.",
        ),
    }


@pytest.mark.parametrize(
    ("additional", "fault"),
    [
        (True, None),
        ({"type": "string"}, None),
        ({"$ref": "#/components/schemas/Tree"}, None),
        (5, "The value must be of type object."),
        ({"$ref": 5}, "The value must be of type string."),
        ({"type": "int"}, "The value int is not allowed here."),
    ],
)
def test_it_knows_the_choice_that_was_made(additional: Any, fault: str | None) -> None:
    tree = {"type": "object", "additionalProperties": additional}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Trees", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Tree": tree}},
    }

    assert {sentence for _, sentence in _faults(document)} == ({fault} - {None})


def test_it_names_a_version_that_it_does_not_know() -> None:
    assert _faults({"openapi": "3.7.0"}) == {
        ("/openapi", "The version 3.7.0 of OpenAPI is not known.")
    }
