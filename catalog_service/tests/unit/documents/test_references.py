"""References: followed within a document, and never out of it."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.documents.pointers import MISSING, find, pointer_of, resolve
from catalog_service.documents.references import reference_findings

RECURSIVE = {"Node": {"properties": {"next": {"$ref": "#/Node"}}}}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"a": {"$ref": "#/a"}}, "leads back to itself"),
        ({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}, "leads back to itself"),
        ({"a": {"$ref": "#/b"}, "b": {"$ref": "#/b"}}, "leads back to itself"),
        ({"a": {"$ref": "#/b"}}, "nothing stands at #/b"),
        ({"a": [{"$ref": "#/a/1"}]}, "nothing stands"),
        ({"a": {"$ref": "http://127.0.0.1/x"}}, "external reference not followed"),
        ({"a": {"$ref": "//host/x"}}, "external reference not followed"),
        ({"a": {"$ref": "file:///etc/passwd"}}, "external reference not followed"),
        ({"a": {"$ref": "../../secret.yaml#/b"}}, "external reference not followed"),
        ({"a": {"$ref": 5}}, "must be a string"),
        ({"a": {"$ref": {"$ref": "#/a"}}}, "must be a string"),
    ],
)
def test_it_reports_what_leads_nowhere(document: Any, message: str) -> None:
    messages = [finding.message for finding in reference_findings(document)]

    assert any(message in found for found in messages)


@pytest.mark.parametrize(
    "document",
    [
        RECURSIVE,
        {"a": {"$ref": "#"}},
        {"a": {"$ref": "#name"}},
        {"a": {"$ref": "#/b", "description": "x"}, "b": {}},
        {"paths": {"/x/{id}": {"a": 1}}, "b": {"$ref": "#/paths/~1x~1%7Bid%7D"}},
        {"a": [{"b": 1}], "c": {"$ref": "#/a/0/b"}},
        {"properties": {"$ref": {"type": "string"}}},
        {"example": {"$ref": "nowhere"}, "enum": [{"$ref": 1}]},
    ],
)
def test_it_finds_nothing_wrong_with_what_is_legal(document: Any) -> None:
    assert list(reference_findings(document)) == []


def test_it_goes_through_a_long_chain_once() -> None:
    chain: dict[str, Any] = {str(i): {"$ref": f"#/{i + 1}"} for i in range(10_000)}

    assert list(reference_findings({**chain, "10000": {}})) == []
    assert len(list(reference_findings({**chain, "10000": {"$ref": "#/0"}}))) == 10_001


def test_it_says_where_a_reference_stands() -> None:
    document = {"paths": {"/a": {"get": {"parameters": [{"$ref": "x.yaml"}]}}}}

    (finding,) = reference_findings(document)

    assert finding.pointer == "/paths/~1a/get/parameters/0"


def test_it_resolves_through_several_references() -> None:
    document = {"a": {"$ref": "#/b"}, "b": {"$ref": "#/c"}, "c": {"x": 1}}

    assert resolve(document, document["a"]) == {"x": 1}
    assert resolve(document, {"$ref": "other.yaml"}) is MISSING
    assert resolve({"a": {"$ref": "#/a"}}, {"$ref": "#/a"}) is MISSING


def test_it_writes_what_it_reads() -> None:
    document = {"a/b": {"~": [{"c%": 1}]}}
    pointer = pointer_of("a/b", "~", 0)

    assert pointer == "/a~1b/~0/0"
    assert find(document, "#" + pointer) == {"c%": 1}
    assert find(document, "#/a~1b/~0/00") is MISSING
    assert find(document, "#/a~1b/~0/x") is MISSING
