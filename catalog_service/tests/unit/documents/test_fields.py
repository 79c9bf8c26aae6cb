"""The names of parameters, schemas and fields."""

from __future__ import annotations

import json
from typing import Any

from catalog_service.documents import read_document
from catalog_service.documents.fields import Names

BRIDGE = {
    "properties": {
        "span": {"type": "number"},
        "owner": {"$ref": "#/components/schemas/Owner"},
        "parts": {"items": {"allOf": [{"properties": {"bolt": {}}}]}},
    }
}
OWNER = {"properties": {"name": {}, "bridge": {"$ref": "#/components/schemas/Bridge"}}}


def _names(content: dict[str, Any]) -> Names:
    return Names(read_document(json.dumps(content).encode()))


def test_it_follows_references_of_an_operation() -> None:
    schema = {"$ref": "#/components/schemas/Bridge"}
    operation = {
        "parameters": [{"$ref": "#/components/parameters/Page"}],
        "responses": {"200": {"content": {"application/json": {"schema": schema}}}},
    }
    names = _names(
        {
            "openapi": "3.0.0",
            "paths": {"/a": {"parameters": [{"name": "id"}], "get": operation}},
            "components": {
                "schemas": {"Bridge": BRIDGE, "Owner": OWNER},
                "parameters": {"Page": {"name": "page"}},
            },
        }
    )

    found = names.of_operation("/a", "GET", webhook=False)

    assert found[:2] == ["id", "page"]
    assert set(found) == {
        "id", "page", "span", "owner", "parts", "bolt", "name", "bridge",
    }  # fmt: skip
    assert set(names.all_fields()) >= {"Bridge", "Owner", "span", "name"}


def test_it_reads_bodies_of_swagger() -> None:
    body = {"in": "body", "name": "body", "schema": {"$ref": "#/definitions/Owner"}}
    names = _names(
        {
            "swagger": "2.0",
            "paths": {"/a": {"post": {"parameters": [body]}}},
            "definitions": {"Owner": {"properties": {"name": {}}}},
        }
    )

    assert names.of_operation("/a", "POST", webhook=False) == ["body", "name"]
    assert list(names.all_fields()) == ["Owner", "name"]


def test_it_reads_webhooks_and_methods_of_ones_own() -> None:
    names = _names(
        {
            "openapi": "3.2.0",
            "webhooks": {
                "new": {
                    "additionalOperations": {"PURGE": {"parameters": [{"name": 5}]}}
                }
            },
        }
    )

    assert names.of_operation("new", "PURGE", webhook=True) == ["5"]
    assert names.of_operation("new", "GET", webhook=False) == []
