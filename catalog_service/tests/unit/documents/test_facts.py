"""The facts of a document, however odd it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from catalog_service.documents import (
    Facts,
    facts_of,
    first_operations,
    read_document,
)

BASE = "https://source.example/docs/openapi.json"
WHOLE = {
    "openapi": "3.1.0",
    "info": {
        "title": " Bridges ",
        "description": "All <b>bridges</b>.",
        "version": "1.2.0",
        "termsOfService": "https://terms.example",
        "contact": {
            "name": "Team",
            "email": "t@example.org",
            "url": "https://t.example",
        },
        "license": {"name": "CC0", "identifier": "CC0-1.0"},
    },
    "tags": [{"name": "bridge", "description": "x"}, {"name": 5}, "no"],
    "paths": {
        "/bridges": {
            "summary": "s",
            "get": {"operationId": "list", "summary": "List", "tags": ["bridge", 1]},
            "post": {"deprecated": True},
            "x-odd": {},
            "put": "odd",
        },
        "/again": {"$ref": "#/paths/~1bridges"},
        "/elsewhere": {"$ref": "other.yaml"},
        "x-paths": {"get": {}},
    },
    "webhooks": {"opened": {"post": {}}},
    "components": {"schemas": {"Bridge": {}}},
}


def test_it_gathers_the_facts() -> None:
    facts = _facts(WHOLE)

    assert (facts.title, facts.version) == ("Bridges", "1.2.0")
    assert facts.contact.email == "t@example.org"
    assert facts.licence.identifier == "CC0-1.0"
    assert [tag.name for tag in facts.tags] == ["bridge"]
    assert (facts.path_count, facts.operation_count) == (4, 4)
    assert (facts.webhook_count, facts.schema_count) == (1, 1)


def test_it_lists_the_operations() -> None:
    first, second, *_, last = first_operations(_document(WHOLE))

    assert (first.method, first.path, first.summary) == ("GET", "/bridges", "List")
    assert first.tags == ("bridge", "1")
    assert second.deprecated
    assert (last.path, last.webhook) == ("opened", True)


def test_it_knows_the_methods_of_openapi_3_2() -> None:
    item = {"query": {}, "additionalOperations": {"PURGE": {}, "no": 1}}
    document = _document({"openapi": "3.2.0", "paths": {"/a": item}})

    assert [o.method for o in first_operations(document)] == ["QUERY", "PURGE"]


@pytest.mark.parametrize("odd", [None, 5, "text", [], {}, {"a": None}, [[1]], True])
@pytest.mark.parametrize("version", ["2.0", "3.0.0", "3.2.0"])
def test_it_survives_anything_in_any_place(odd: Any, version: str) -> None:
    key = "swagger" if version == "2.0" else "openapi"
    places = ("info", "paths", "servers", "tags", "components", "schemes", "host")
    document = _document({key: version, **dict.fromkeys(places, odd)})

    assert facts_of(document, BASE).title == "Untitled API"
    assert isinstance(first_operations(document), tuple)


def test_it_survives_odd_things_deeper_down() -> None:
    content = {
        "openapi": "3.0.0",
        "info": {"title": 5, "version": 1.5, "contact": [], "license": "MIT"},
        "paths": {"/a": None, "/b": {"get": {"tags": "x", "summary": {}}}},
        "servers": [None, {"url": 5}, {"url": "https://a.example", "variables": 1}],
    }

    facts = _facts(content)

    assert (facts.title, facts.version, facts.operation_count) == ("5", "1.5", 1)
    assert [server.url for server in facts.servers] == ["https://a.example"]


def test_it_bounds_what_it_keeps() -> None:
    facts = _facts(
        {
            "openapi": "3.1.0",
            "info": {"title": "t" * 1000, "description": "d" * 2_000_000},
            "paths": {f"/{i}": {"get": {}} for i in range(6_000)},
        }
    )

    assert len(facts.title) == 300
    assert len(facts.description) == 100_000
    assert facts.operation_count == 6_000


def _document(content: dict[str, Any]) -> Any:
    return read_document(json.dumps(content).encode())


def _facts(content: dict[str, Any]) -> Facts:
    return facts_of(_document(content), BASE)
