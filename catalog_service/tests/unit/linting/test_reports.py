"""What is found in whole documents, and that no document can do harm."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_service.linting import Report, RuleSet, Severity, lint
from catalog_service.linting.reports import MAX_FINDINGS_OF_A_RULE


def _places(report: Report, rule: str) -> list[tuple[str, bool]]:
    return [(f.pointer, f.stricter) for f in report.findings if f.rule == rule]


@pytest.mark.parametrize("rule_set", RuleSet)
def test_it_finds_nothing_in_a_sound_document(
    sound: dict[str, Any], rule_set: RuleSet
) -> None:
    report = lint(sound, rule_set)

    assert report.findings == ()
    assert report.score == 100
    assert report.is_valid


def test_it_scores_a_document_that_is_mended(sound: dict[str, Any]) -> None:
    listed = sound["paths"].pop("/park-trees")
    listed["trace"] = {"responses": listed["get"]["responses"]}
    listed["get"]["parameters"][0]["name"] = "page_size"
    sound["paths"]["/park-trees/"] = listed

    rules = {finding.rule for finding in lint(sound).findings}

    assert rules == {
        "nlgov:http-methods",
        "nlgov:query-keys-camel-case",
        "nlgov:paths-no-trailing-slash",
        "path-keys-no-trailing-slash",
    }
    assert lint(sound).score == 80


def test_it_has_the_severity_and_id_of_the_rule_set(sound: dict[str, Any]) -> None:
    sound["paths"]["/parkTrees"] = sound["paths"].pop("/park-trees")

    found = {rule_set: lint(sound, rule_set).findings for rule_set in RuleSet}

    assert found[RuleSet.ADR_2_0] == ()
    assert [(f.rule, f.severity) for f in found[RuleSet.ADR_2_1]] == [
        ("paths-kebab-case", Severity.WARN)
    ]
    assert [(f.rule, f.severity) for f in found[RuleSet.ADR_2_2]] == [
        ("nlgov:paths-kebab-case", Severity.ERROR)
    ]


def test_it_asks_the_caller_for_the_position(sound: dict[str, Any]) -> None:
    sound["info"]["version"] = "1.0"

    (finding,) = lint(sound, position=lambda pointer: (len(pointer), 7)).findings

    assert (finding.line, finding.column) == (len("/info/version"), 7)
    assert (
        finding.sentence_en == "The version 1.0 is no semantic version, such as 1.2.3."
    )
    assert lint(sound, position=lambda _: None).findings[0].line == 0


def test_it_reports_a_shared_response_once(sound: dict[str, Any]) -> None:
    error = sound["components"]["responses"]["Error"]
    error["content"] = {"application/json": {}}

    places = _places(lint(sound), "nlgov:use-problem-schema")

    assert places == [("/components/responses/Error/content", False)]


def test_it_looks_where_the_official_linter_does_not() -> None:
    query = [{"name": "page_size", "in": "query"}]
    answers = {"default": {"description": "Done"}}
    operation = {"parameters": query, "responses": answers}
    document = {
        "openapi": "3.2.0",
        "paths": {"/a": {"parameters": query, "query": {"responses": answers}}},
        "webhooks": {"changed": {"post": operation}},
    }

    report = lint(document)

    for rule in (
        "nlgov:query-keys-camel-case",
        "nlgov:missing-header",
        "nlgov:http-methods",
        "nlgov:problem-invalid-input",
    ):
        assert _places(report, rule)
        assert all(stricter for _, stricter in _places(report, rule)), rule


def test_it_counts_what_it_does_not_list(sound: dict[str, Any]) -> None:
    names = [f"planted_in_{number}" for number in range(MAX_FINDINGS_OF_A_RULE + 5)]
    sound["components"]["schemas"]["Tree"]["properties"] = {name: {} for name in names}

    report = lint(sound)

    assert report.omitted == 5
    assert len(_places(report, "nlgov:property-casing")) == MAX_FINDINGS_OF_A_RULE


def test_it_shows_words_of_the_document_harmlessly(sound: dict[str, Any]) -> None:
    sound["info"]["version"] = "\u202e{0}\n" + "x" * 500

    (finding,) = lint(sound).findings

    assert "\\u202e{0}\\u000a" in finding.sentence_nl
    assert len(finding.sentence_nl) < 200


def test_it_never_follows_a_reference_out_of_the_document(
    sound: dict[str, Any],
) -> None:
    outside = {"$ref": "file:///etc/hostname"}
    sound["components"]["schemas"]["Tree"]["properties"]["owner"] = outside
    sound["components"]["responses"]["Error"] = {"$ref": "http://127.0.0.1:1/x.json"}

    report = lint(sound)

    assert {f.rule for f in report.findings} == {"kade:external-reference"}
    assert report.is_valid
    assert report.score == 100


def _nested(depth: int) -> Any:
    value: Any = {}
    for _ in range(depth):
        value = {"allOf": [value], "properties": {"a": value}}
    return value


def _chain(length: int) -> dict[str, Any]:
    links = {
        f"S{n}": {"$ref": f"#/components/schemas/S{(n + 1) % length}"}
        for n in range(length)
    }
    return {"openapi": "3.1.0", "components": {"schemas": links}}


def _bomb() -> dict[str, Any]:
    """Schemas that double at every level, over a list that nests as deep."""
    value: Any = []
    schemas: dict[str, Any] = {}
    for level in range(40):
        value = [value]
        again = {"$ref": f"#/components/schemas/L{level + 1}"}
        schemas[f"L{level}"] = {
            "type": "array",
            "items": again,
            "allOf": [again, again],
        }
    schemas["L0"]["example"] = value
    return {"openapi": "3.1.0", "components": {"schemas": schemas}}


def _shared_item(count: int) -> dict[str, Any]:
    item = {
        "get": {"parameters": [{"name": f"p{n}", "in": "path"} for n in range(count)]}
    }
    paths = {f"/a{n}/{{id}}": {"$ref": "#/x-item"} for n in range(count)}
    return {"openapi": "3.0.3", "x-item": item, "paths": paths}


def _deep_fault() -> dict[str, Any]:
    """Something wrong, far down beside very much that is right."""
    many = {f"p{n}": {"type": "string"} for n in range(20_000)}
    schema: dict[str, Any] = {"type": "strin", "properties": many}
    for _ in range(30):
        schema = {"type": "object", "properties": {"a": schema}}
    return {"openapi": "3.0.3", "components": {"schemas": {"A": schema}}}


def _wide() -> dict[str, Any]:
    """Thousands of operations and dates that share thousands of things."""
    shared = {str(n): {"description": "Any"} for n in range(3_000)}
    operation = {"get": {"responses": {"$ref": "#/x-shared"}}}
    parts = [{"$ref": "#/components/schemas/B"} for _ in range(3_000)]
    dates = {f"a{n}Date": {"$ref": "#/components/schemas/A"} for n in range(3_000)}
    schemas = {
        "A": {"allOf": parts},
        "B": {"format": "date"},
        "C": {"properties": dates},
    }
    return {
        "openapi": "3.0.3",
        "x-shared": shared,
        "paths": {f"/a{n}": operation for n in range(3_000)},
        "components": {"schemas": schemas},
    }


@pytest.mark.parametrize(
    "document",
    [
        _deep_fault(),
        _wide(),
        _chain(10_000),
        _bomb(),
        _shared_item(1_000),
        {"openapi": "3.0.3", "components": {"schemas": _nested(8)}},
        {"openapi": "3.0.3", "paths": {"/" + "{a}" * 20_000: {}}},
        {
            "components": {
                "schemas": {
                    "A": {
                        "type": "string",
                        "pattern": "(a+)+$",
                        "example": "a" * 900 + "b",
                    }
                }
            },
            "openapi": "3.1.0",
        },
    ],
    ids=[
        "deep fault",
        "wide",
        "chain",
        "bomb",
        "shared",
        "nested",
        "braces",
        "pattern",
    ],
)
def test_it_is_not_kept_busy(document: dict[str, Any]) -> None:
    began = time.process_time()

    lint(document)

    assert time.process_time() - began < 5


def test_it_says_that_it_did_not_look_at_everything() -> None:
    last = lint(_wide()).findings[-1]

    assert last.rule == "kade:plain-json"
    assert "steps > 300000" in last.sentence_en


@pytest.mark.parametrize(
    "junk",
    [
        None, 1, "text", [], [[]], {}, {1: 2}, {"a": {None: 1}}, {"a": float("nan")},
        {"a": float("inf")}, {"a": "\ud800"}, {"\udfff": 1}, {"a": 10**2000},
        {"a": {1, 2}}, _nested(300),
    ],
)  # fmt: skip
def test_it_says_something_of_junk(junk: Any) -> None:
    assert lint(junk).findings


KEYWORDS = st.sampled_from(
    [
        "openapi", "swagger", "info", "paths", "/a/{b}", "get", "trace", "parameters",
        "name", "in", "query", "path", "responses", "200", "default", "404", "headers",
        "content", "application/json", "application/problem+json", "schema", "schemas",
        "components", "properties", "items", "allOf", "oneOf", "not", "$ref", "type",
        "example", "examples", "value", "enum", "format", "date", "required", "servers",
        "url", "variables", "tags", "operationId", "security", "contact", "version",
        "webhooks", "callbacks", "additionalOperations", "minimum", "maxLength",
        "pattern", "uniqueItems", "additionalProperties", "requestBody", "pathItems",
    ]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["3.0.3", "3.1.0", "3.2.0", "#/components/schemas/a", "#", "#/"])
    | KEYWORDS
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYWORDS | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=40,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["3.0.3", "3.1.0", "3.2.0", "2.0"]),
    st.dictionaries(KEYWORDS, JUNK, max_size=6),
    st.sampled_from(RuleSet),
)
def test_it_never_raises(version: str, junk: dict[str, Any], rule_set: RuleSet) -> None:
    name = "swagger" if version == "2.0" else "openapi"
    document = {name: version, **junk, "components": {"schemas": junk}, "paths": junk}

    report = lint(document, rule_set)

    assert 0 <= report.score <= 100
