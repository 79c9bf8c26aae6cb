"""Where single rules draw the line."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.linting import Finding, lint
from catalog_service.linting.names import (
    is_camel_case,
    is_date_name,
    is_pascal_case,
)

NAMED_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def _found(rule: str, content: dict[str, Any]) -> list[Finding]:
    document = {"openapi": "3.2.0", **content}
    return [finding for finding in lint(document).findings if finding.rule == rule]


def _sentences(rule: str, content: dict[str, Any]) -> list[str]:
    return [finding.sentence_en for finding in _found(rule, content)]


def _pointers(rule: str, content: dict[str, Any]) -> list[str]:
    return [finding.pointer for finding in _found(rule, content)]


def _answers(**responses: Any) -> dict[str, Any]:
    """Say how one operation answers; names of statuses have a letter in front."""
    named = {name.removeprefix("s"): value for name, value in responses.items()}
    return {"paths": {"/a": {"get": {"responses": named}}}}


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("/", True),
        ("/a-1/{B_c}/d.e", True),
        ("/_search", True),
        ("/_s1", True),
        ("/a/_search", True),
        ("/a/", True),
        ("/v1/openapi.json", True),
        ("/a.b", False),
        ("/a/_Search", False),
        ("/_a/b", False),
        ("/aB", False),
        ("/a//b", False),
        ("/a/{b}c", False),
        ("a", False),
    ],
)
def test_it_knows_kebab_case(path: str, fits: bool) -> None:
    assert (_found("nlgov:paths-kebab-case", {"paths": {path: {}}}) == []) is fits


@pytest.mark.parametrize(
    ("name", "is_camel", "is_pascal"),
    [
        ("pageSize", True, False),
        ("a1B2", True, False),
        ("ParkTree", False, True),
        ("V1ParkTreeX", False, True),
        ("APIKey", False, False),
        ("page_size", False, False),
        ("bbox-crs", False, False),
        ("naam[like]", False, False),
        ("", False, False),
        ("Aé", False, False),
    ],
)
def test_it_knows_camel_case(name: str, is_camel: bool, is_pascal: bool) -> None:
    assert is_camel_case(name) is is_camel
    assert is_pascal_case(name) is is_pascal


@pytest.mark.parametrize(
    ("name", "is_date"),
    [
        ("date", True),
        ("geboorteDatum", True),
        ("end_date", True),
        ("startDateTime", True),
        ("update", False),
        ("Date", False),
        ("dates", False),
    ],
)
def test_it_knows_dates_by_name(name: str, is_date: bool) -> None:
    assert is_date_name(name) is is_date


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("1.0.0", True),
        ("1.0.0-rc.1+build.5", True),
        ("1.0", False),
        ("v1.0.0", False),
        ("01.0.0", False),
        ("1.0.0-01", False),
        ("1.0.0\n", False),
        ("1.0." + "0" * 500, False),
    ],
)
def test_it_knows_semantic_versions(version: str, fits: bool) -> None:
    assert (_found("nlgov:semver", {"info": {"version": version}}) == []) is fits


def test_it_names_the_faults_of_server_variables() -> None:
    server = {
        "url": "https://{a}.example.org/{b}/{c}",
        "variables": {
            "b": {"description": "no default"},
            "c": {"default": "x", "enum": ["y"]},
            "d": {"default": "x"},
        },
    }

    assert _sentences("oas3-server-variables", {"servers": [server]}) == [
        "The variable 'a' in the URL of the server is not declared.",
        "The variable 'b' of the server has no default.",
        "The default of 'c' is none of the allowed values.",
        "The variable 'd' is not in the URL of the server.",
    ]


def test_it_names_the_faults_of_path_parameters() -> None:
    once = {"name": "b", "in": "path", "required": True}
    optional = {"name": "x", "in": "path"}
    item = {"parameters": [once, once], "get": {"parameters": [optional, once]}}
    paths = {"/{a}/{a}": {"get": {}}, "/{c}/{d}": {}, "/{b}": item}

    assert _sentences("path-params", {"paths": paths}) == [
        "The parameter 'a' is in the path more than once.",
        "The parameter 'a' in the path is not declared.",
        "The path /{c}/{d} cannot be told from /{a}/{a}.",
        "The path parameter 'b' is declared more than once.",
        "The path parameter 'x' must be required (required: true).",
        "The path parameter 'x' is not in the path /{b}.",
    ]


def test_it_finds_operations_wherever_they_are() -> None:
    called = {"{$request.body#/url}": {"post": {"operationId": "a"}}}
    operation = {"operationId": "a", "callbacks": {"done": called}}
    more = {"additionalOperations": {"COPY": {"operationId": "a"}}}
    content = {
        "paths": {"/a": {"get": operation}, "/b": more, "x-c": {"get": operation}},
        "webhooks": {"changed": {"post": {"operationId": "a"}}},
        "components": {"pathItems": {"Item": {"put": {"operationId": "a"}}}},
    }

    found = _found("operation-operationId-unique", content)

    assert [(f.pointer, f.stricter) for f in found] == [
        ("/paths/~1b/additionalOperations/COPY/operationId", False),
        ("/webhooks/changed/post/operationId", True),
        ("/components/pathItems/Item/put/operationId", True),
        (
            "/paths/~1a/get/callbacks/done/{$request.body#~1url}/post/operationId",
            True,
        ),
    ]
    assert _pointers("nlgov:http-methods", content) == [
        "/paths/~1b/additionalOperations/COPY"
    ]


def test_it_takes_default_for_what_is_not_said_otherwise() -> None:
    plain = {"description": "Done", "content": {"application/json": {}}}
    alone, beside = _answers(default=plain), _answers(s200=plain, default=plain)

    assert _pointers("nlgov:missing-header", alone) == [
        "/paths/~1a/get/responses/default"
    ]
    assert _pointers("nlgov:use-problem-schema", alone) == []
    assert _pointers("nlgov:missing-header", beside) == ["/paths/~1a/get/responses/200"]
    assert _pointers("nlgov:use-problem-schema", beside) == [
        "/paths/~1a/get/responses/default/content"
    ]


@pytest.mark.parametrize(
    ("headers", "fits"),
    [
        ({"API-Version": {}}, True),
        ({"api-version": {}}, True),
        ({"API-VERSION": {}}, False),
        ({}, False),
    ],
)
def test_it_knows_the_version_header(headers: dict[str, Any], fits: bool) -> None:
    found = _found("nlgov:missing-version-header", _answers(s200={"headers": headers}))

    assert (found == []) is fits


def test_it_gathers_the_members_of_a_problem() -> None:
    title = {"properties": {"title": {}, "status": {}}}
    detail = {"allOf": [NAMED_PROBLEM, {"properties": {"detail": {}}}]}
    content = {
        **_answers(
            s400={"content": {"application/problem+json": {"schema": detail}}},
            s404={"content": {"application/problem+json": {"schema": NAMED_PROBLEM}}},
            s500={"content": {"application/problem+xml": {"schema": {"allOf": []}}}},
        ),
        "components": {"schemas": {"Problem": {**title, "allOf": [NAMED_PROBLEM]}}},
    }

    found = _found("nlgov:problem-schema-members", content)

    assert [(f.pointer, f.sentence_en, f.stricter) for f in found] == [
        (
            "/components/schemas/Problem/properties",
            "The schema of the error lacks: detail.",
            False,
        ),
        (
            "/paths/~1a/get/responses/500/content/application~1problem+xml/schema",
            "The schema of the error lacks: status, title, detail.",
            True,
        ),
    ]


@pytest.mark.parametrize(
    ("method", "own", "shared", "found"),
    [
        ("get", [], [], []),
        ("get", [{}], [], [False]),
        ("delete", [], [{}], [True]),
        ("patch", [], [], [False]),
        ("query", [], [], [True]),
        ("head", [{}], [], []),
    ],
)
def test_it_knows_which_operations_take_input(
    method: str, own: list[Any], shared: list[Any], found: list[bool]
) -> None:
    operation = {"parameters": own, "responses": {"200": {}}}
    content = {"paths": {"/a": {"parameters": shared, method: operation}}}

    findings = _found("nlgov:problem-invalid-input", content)

    assert [finding.stricter for finding in findings] == found


def test_it_reads_dates_through_what_they_consist_of() -> None:
    moment = {"format": "date-time"}
    dates = {
        "aDate": {"type": "array", "items": moment},
        "bDate": {"allOf": [{"$ref": "#/components/schemas/A"}, moment]},
        "cDate": {"type": "object", "properties": {"at": moment}},
        "dDate": {"allOf": [{"description": "no format"}]},
        "eDate": {"$ref": "https://example.org/date.json"},
    }
    content = {"components": {"schemas": {"A": {"properties": dates}}}}
    top = "/components/schemas/A/properties"

    assert sorted(_pointers("nlgov:use-date-instead-of-datetime", content)) == [
        f"{top}/aDate/items/format",
        f"{top}/bDate/allOf/1/format",
    ]
    assert _pointers("nlgov:specify-format-for-date-and-time", content) == [
        f"{top}/aDate",
        f"{top}/bDate",
        f"{top}/cDate",
        f"{top}/dDate",
    ]


def test_it_looks_at_every_example_that_can_be_told() -> None:
    number = {"schema": {"type": "integer"}}
    content = {
        "components": {
            "parameters": {"A": {**number, "examples": {"one": {"value": "x"}}}},
            "headers": {"B": {**number, "example": "y"}},
            "mediaTypes": {"application/xml": {**number, "example": "<a/>"}},
            "requestBodies": {
                "C": {
                    "content": {
                        "multipart/form-data": {
                            "encoding": {
                                "f": {"headers": {"H": {**number, "example": []}}}
                            }
                        }
                    }
                }
            },
        }
    }

    form = "/components/requestBodies/C/content/multipart~1form-data"

    assert sorted(_pointers("oas3-valid-media-example", content)) == [
        "/components/headers/B/example",
        "/components/parameters/A/examples/one/value",
        f"{form}/encoding/f/headers/H/example",
    ]


def test_it_marks_examples_that_the_official_linter_passes_over() -> None:
    both = {"allOf": [{"type": "string"}], "example": 5}
    plain = {"type": "string", "default": 5}
    content = {"components": {"schemas": {"A": both, "B": plain}}}

    found = _found("oas3-valid-schema-example", content)

    assert [(f.pointer, f.stricter) for f in found] == [
        ("/components/schemas/A/example", True),
        ("/components/schemas/B/default", False),
    ]
