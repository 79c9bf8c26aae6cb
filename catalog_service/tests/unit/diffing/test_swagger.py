"""Swagger 2.0 compares like OpenAPI 3, with pointers into itself."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.diffing import compare

from .assertions import ids
from .factories import NUMBER, TEXT, document, objects, operation, parameter

BODY = {"in": "body", "name": "b", "schema": {"$ref": "#/definitions/Bridge"}}
FORM = {"in": "formData", "name": "f", "type": "string"}


def old(**parts: Any) -> dict[str, Any]:
    made = {"responses": {"200": {"description": "Fine"}}, **parts}
    return {
        "swagger": "2.0",
        "host": "bridges.test",
        "basePath": "/v1",
        "consumes": ["application/json"],
        "paths": {"/bridges": {"post": made}},
        "definitions": {"Bridge": objects(span=NUMBER)},
    }


def found(before: Any, after: Any) -> list[tuple[str, str]]:
    return [(change.id, change.pointer_to) for change in compare(before, after)]


def test_it_compares_bodies() -> None:
    new = old(parameters=[BODY])
    new["definitions"] = {"Bridge": objects(span=TEXT)}

    pointer = "/definitions/Bridge/properties/span"
    assert found(old(parameters=[BODY]), new) == [("request-type-changed", pointer)]


def test_it_points_at_the_schema_of_a_body() -> None:
    before, after = ({**BODY, "schema": schema} for schema in (TEXT, NUMBER))

    (one,) = found(old(parameters=[before]), old(parameters=[after]))

    assert one == ("request-type-changed", "/paths/~1bridges/post/parameters/0/schema")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"type": "integer"}, "request-type-changed"),
        ({}, {"required": True}, "parameter-became-required"),
        (
            {"type": "array"},
            {"type": "array", "collectionFormat": "multi"},
            "parameter-style-changed",
        ),
        ({}, {"maxLength": 3}, "request-max-length-set"),
    ],
)
def test_it_compares_parameters(before: Any, after: Any, expected: str) -> None:
    one = {"in": "query", "name": "q", "type": "string"}

    changes = found(
        old(parameters=[FORM, {**one, **before}]),
        old(parameters=[FORM, {**one, **after}]),
    )

    assert changes == [(expected, "/paths/~1bridges/post/parameters/1")]


def test_it_compares_forms() -> None:
    needed = {**FORM, "required": True}

    changes = found(old(parameters=[FORM]), old(parameters=[needed]))

    pointer = "/paths/~1bridges/post/parameters/0"
    assert ("request-property-became-required", pointer) in changes


def test_it_compares_responses_and_headers() -> None:
    def giving(schema: Any) -> Any:
        return old(
            produces=["application/json", "text/csv"],
            responses={"200": {"schema": schema, "headers": {"X-Total": schema}}},
        )

    at = "/paths/~1bridges/post/responses/200"
    assert found(giving(NUMBER), giving({**TEXT, "type": "file"})) == [
        ("response-type-changed", f"{at}/schema"),
        ("response-type-changed", f"{at}/headers/X-Total"),
    ]


def test_it_equals_the_same_api_in_openapi() -> None:
    before = old(parameters=[{"in": "query", "name": "q", "type": "string"}])
    schemes = {"basic": {"type": "basic"}}
    before["securityDefinitions"] = schemes
    after = document(
        {"/bridges": operation("post", parameters=[parameter()])},
        openapi="3.0.4",
        servers=[{"url": "https://bridges.test/v1"}],
        components={
            "schemas": before["definitions"],
            "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}},
        },
    )

    assert ids(before, after) == []


@pytest.mark.parametrize(
    ("flow", "name"), [("accessCode", "authorizationCode"), ("implicit",) * 2]
)
def test_it_translates_logins(flow: str, name: str) -> None:
    scheme = {"type": "oauth2", "flow": flow, "tokenUrl": "https://a.test"}
    before, after = old(), old()
    before["securityDefinitions"] = {"a": scheme}
    after["securityDefinitions"] = {"a": {**scheme, "tokenUrl": "https://b.test"}}

    (change,) = compare(before, after)

    assert change.sentence == f"The security scheme 'a' has another {name} tokenUrl."
    assert change.pointer_to == "/securityDefinitions/a"


@pytest.mark.parametrize(
    ("host", "pointer"), [("bridges.test", "/host"), ("", "/basePath")]
)
def test_it_points_at_what_makes_its_servers(host: str, pointer: str) -> None:
    before, after = ({**old(), "host": host, "basePath": base} for base in ("/a", "/b"))

    changes = compare(before, after)

    assert {change.id for change in changes} == {"server-removed", "server-added"}
    assert {change.pointer_from for change in changes} == {pointer}
    assert {change.pointer_to for change in changes} == {pointer}
