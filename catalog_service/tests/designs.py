"""Documents that keep the design rules, and some that do not."""

from __future__ import annotations

import copy
from typing import Any

_HEADERS = {"API-Version": {"schema": {"type": "string"}}}
_PROBLEM = {
    "type": "object",
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
    },
}
_GOOD = {
    "openapi": "3.0.3",
    "info": {
        "title": "Bridges",
        "version": "1.0.0",
        "contact": {
            "name": "Works",
            "email": "works@example.org",
            "url": "https://example.org",
        },
    },
    "servers": [{"url": "https://api.example.org/v1"}],
    "paths": {
        "/bridges": {
            "get": {
                "operationId": "listBridges",
                "parameters": [
                    {"name": "pageSize", "in": "query", "schema": {"type": "integer"}}
                ],
                "responses": {
                    "200": {"description": "Fine.", "headers": _HEADERS},
                    "400": {
                        "description": "Not valid.",
                        "headers": _HEADERS,
                        "content": {"application/problem+json": {"schema": _PROBLEM}},
                    },
                },
            }
        }
    },
}


def good(**members: Any) -> dict[str, Any]:
    """Return a document that breaks no rule."""
    return {**copy.deepcopy(_GOOD), **members}


def bad(**members: Any) -> dict[str, Any]:
    """Return one with TRACE, a slash at the end of a path, and `page_size`."""
    document = good(**members)
    item = document["paths"].pop("/bridges")
    item["get"]["parameters"][0]["name"] = "page_size"
    item["trace"] = {"responses": {"200": {"description": "x", "headers": _HEADERS}}}
    document["paths"]["/bridges/"] = item
    return document
