"""A document with nothing to find in it, for tests to spoil."""

from __future__ import annotations

from typing import Any

import pytest

VERSION = {"API-Version": {"schema": {"type": "string", "example": "1.0.0"}}}
OPEN = {"access-control-allow-origin": {"schema": {"type": "string"}}}
ERROR = {"$ref": "#/components/responses/Error"}
TREE_ID = {
    "name": "treeId",
    "in": "path",
    "required": True,
    "schema": {"type": "integer"},
}


def _operation(name: str, answer: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "operationId": name,
        "description": f"What {name} does.",
        "tags": ["trees"],
        "responses": {"200": answer, "400": ERROR},
        **more,
    }


def _answer(schema: dict[str, Any], **headers: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"description": "OK", "headers": VERSION | headers, "content": content}


@pytest.fixture
def sound() -> dict[str, Any]:
    """A document of OpenAPI 3.0 that follows every rule of every rule set."""
    tree = {"$ref": "#/components/schemas/Tree"}
    trees = {"type": "array", "items": tree}
    page = {"name": "pageSize", "in": "query", "schema": {"type": "integer"}}
    own = _operation("getDocument", _answer({"type": "object"}, **OPEN))
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Trees",
            "description": "Trees in parks.",
            "version": "1.0.0",
            "contact": {
                "name": "Parks",
                "email": "parks@example.org",
                "url": "https://example.org/parks",
            },
        },
        "servers": [{"url": "https://api.example.org/trees/v1"}],
        "tags": [{"name": "trees"}],
        "paths": {
            "/openapi.json": {"get": own},
            "/park-trees": {
                "get": _operation("listTrees", _answer(trees), parameters=[page])
            },
            "/park-trees/{treeId}": {
                "get": _operation("getTree", _answer(tree), parameters=[TREE_ID])
            },
        },
        "components": {
            "responses": {"Error": _problem()},
            "schemas": {"Tree": _tree(), "Problem": _problem_schema()},
        },
    }


def _problem() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": "Wrong", "content": content}


def _problem_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "status": {"type": "integer"},
            "title": {"type": "string"},
            "detail": {"type": "string"},
        },
    }


def _tree() -> dict[str, Any]:
    return {
        "type": "object",
        "example": {"plantDate": "2020-02-29", "height": 3.5},
        "properties": {
            "plantDate": {"type": "string", "format": "date"},
            "height": {"type": "number"},
        },
    }
