"""What is found wrong with a document, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest
from providers import FINE, openapi

from catalog_service.documents import read_document
from catalog_service.validating import findings_of, is_valid

ID = {"name": "id", "in": "path", "required": True, "schema": {}}
KEY = {"name": "key", "in": "path", "required": True, "schema": {}}


def found(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return pointer and message of each finding."""
    raw = json.dumps(content).encode()
    return [(f.pointer, f.message) for f in findings_of(raw, read_document(raw))]


def _with(
    operation: dict[str, Any], path: str = "/a", **members: Any
) -> dict[str, Any]:
    described = {"responses": FINE, **operation}
    return openapi(paths={path: {"get": described}}, **members)


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_it_finds_nothing_wrong_with_a_good_document(version: str) -> None:
    assert found(openapi(openapi=version)) == []


def test_it_finds_nothing_wrong_with_good_swagger() -> None:
    info = {"title": "A", "version": "1"}

    assert found({"swagger": "2.0", "info": info, "paths": {}}) == []


@pytest.mark.parametrize(
    ("content", "pointer", "message"),
    [
        (openapi(info=5), "/info", "not of type"),
        (openapi(openapi="3.1"), "/openapi", "three numbers"),
        ({"swagger": 2.0, "info": {}, "paths": {}}, "/swagger", "must be a string"),
        (_with({"responses": {"200": {}}}), "/paths/~1a/get/responses/200", "required"),
        (_with({"operationId": 5}), "/paths/~1a/get/operationId", "not of type"),
        (
            _with({"parameters": [{"name": "q", "in": "odd"}]}),
            "/paths/~1a/get/parameters/0",
            "",
        ),
        (
            openapi(openapi="3.1.0", components={"schemas": {"A": {"type": "odd"}}}),
            "/components/schemas/A/type",
            "not one of",
        ),
        (_with({}, path="/a/{id}"), "/paths/~1a~1{id}/get", "'id' is missing"),
        (
            _with({"parameters": [{**ID, "name": "x"}]}),
            "/paths/~1a/get/parameters/0",
            "no variable 'x'",
        ),
        (
            openapi(servers=[{"url": "https://{host}/v1"}]),
            "/servers/0/url",
            "'host' is not defined",
        ),
        (
            openapi(
                servers=[
                    {
                        "url": "https://{a}/",
                        "variables": {"a": {"default": "x", "enum": ["y"]}},
                    }
                ]
            ),
            "/servers/0/variables/a/default",
            "not one of the enum",
        ),
    ],
)  # fmt: skip
def test_it_finds_what_is_wrong(
    content: dict[str, Any], pointer: str, message: str
) -> None:
    assert [m for p, m in found(content) if p == pointer and message in m]


def test_it_finds_ids_and_paths_that_stand_twice() -> None:
    one = {"get": {"operationId": "read", "responses": FINE, "parameters": [ID]}}
    content = openapi(paths={"/a/{id}": one, "/a/{key}": {**one, "parameters": [KEY]}})

    messages = dict(found(content))

    assert "stands also at" in messages["/paths/~1a~1{key}/get/operationId"]
    assert messages["/paths/~1a~1{key}"] == "the same path as /a/{id}"


def test_it_finds_parameters_that_contradict() -> None:
    twice = [{"name": "q", "in": "query", "schema": {}}] * 2
    optional = {"name": "id", "in": "path", "schema": {}}
    content = _with({"parameters": [*twice, optional]}, path="/{id}/{id}")

    messages = [message for _, message in found(content)]

    assert "the query parameter 'q' twice" in messages
    assert "a path parameter must be required" in messages
    assert "the variable 'id' twice in the path" in messages


@pytest.mark.parametrize(
    ("schema", "is_found"),
    [
        ({"type": "integer", "example": "x"}, True),
        ({"type": "integer", "example": 5}, False),
        ({"type": "integer", "default": None}, True),
        ({"type": "integer", "nullable": True, "example": None}, False),
        ({"type": "string", "nullable": True, "enum": ["a"], "example": None}, False),
        ({"type": "string", "pattern": "^(?!a)", "example": "a"}, False),
        ({"type": "object", "properties": {"example": {"type": "string"}}}, False),
    ],
)
def test_it_holds_examples_against_schemas(
    schema: dict[str, Any], *, is_found: bool
) -> None:
    findings = found(openapi(components={"schemas": {"A": schema}}))

    assert bool([m for _, m in findings if "does not fit" in m]) == is_found


def test_it_follows_references_from_examples() -> None:
    media = {
        "schema": {"$ref": "#/components/schemas/A"},
        "example": 5,
        "examples": {"good": {"value": "x"}, "bad": {"value": 7}, "odd": {}},
    }
    operation = {"responses": {"200": {"description": "", "content": {"a/b": media}}}}
    content = _with(operation, components={"schemas": {"A": {"type": "string"}}})

    pointers = [pointer.rpartition("a~1b")[2] for pointer, _ in found(content)]

    assert set(pointers) >= {"/example", "/examples/bad"}
    assert "/examples/good" not in pointers


def test_it_reads_examples_of_later_versions() -> None:
    schema = {"type": ["integer", "null"], "examples": [1, "x", None]}
    content = openapi(openapi="3.1.0", components={"schemas": {"A": schema}})

    assert [pointer for pointer, _ in found(content)] == [
        "/components/schemas/A/examples/1"
    ]


def test_it_takes_files_of_swagger_for_anything() -> None:
    parameter = {"name": "f", "in": "formData", "type": "file"}
    schema = {"type": "file", "example": 5}
    operation = {
        "parameters": [parameter],
        "responses": {"200": {"description": "x", "schema": schema}},
    }
    content = {
        "swagger": "2.0",
        "info": {"title": "A", "version": "1"},
        "paths": {"/a": {"post": {"consumes": ["multipart/form-data"], **operation}}},
    }

    assert not [m for _, m in found(content) if "does not fit" in m]


def test_it_stops_at_a_number() -> None:
    schemas = {f"A{n}": {"$ref": f"#/nowhere/{n}"} for n in range(3_000)}

    assert len(found(openapi(components={"schemas": schemas}))) == 200
    odd = {f"A{n}": 5 for n in range(300)}
    assert len(found(openapi(components={"schemas": odd}))) == 200


def test_what_is_odd_is_not_invalid() -> None:
    raw = json.dumps(
        openapi(components={"schemas": {"A": {"$ref": "b.yaml"}}})
    ).encode()
    findings = findings_of(raw, read_document(raw))

    assert [f.severity for f in findings] == ["warning"]
    assert is_valid(findings)
