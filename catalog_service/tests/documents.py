"""Two versions of a document, of which the second breaks clients."""

from __future__ import annotations

import json
from typing import Any


def bridges(version: str = "1.0.0", **rest: Any) -> dict[str, Any]:
    """Make a document of two operations; the one gives bridges of name and length."""
    return _document(version, _giving("name", "length"), removing=True, **rest)


def broken_bridges(version: str = "1.0.0", **rest: Any) -> dict[str, Any]:
    """Make it without the other operation, and without a length."""
    return _document(version, _giving("name"), removing=False, **rest)


def wider_bridges(version: str = "1.0.0") -> dict[str, Any]:
    """Make it with one more optional parameter."""
    made = bridges(version)
    made["paths"]["/bridges"]["get"]["parameters"] = [
        {"name": "colour", "in": "query", "schema": {"type": "string"}}
    ]
    return made


def as_bytes(document: Any) -> bytes:
    """Write a document as JSON."""
    return json.dumps(document).encode()


def _document(
    version: str, responses: dict[str, Any], *, removing: bool, **rest: Any
) -> dict[str, Any]:
    methods = {"get": {"responses": responses}}
    if removing:
        methods["delete"] = {"responses": {"204": {"description": "Gone"}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Bridges", "version": version, **rest},
        "paths": {"/bridges": methods},
    }


def _giving(*names: str) -> dict[str, Any]:
    properties = {name: {"type": "string"} for name in names}
    schema = {"type": "object", "required": list(names), "properties": properties}
    content = {"application/json": {"schema": schema}}
    return {"200": {"description": "Fine", "content": content}}
