"""The smallest documents that have something to compare."""

from __future__ import annotations

from typing import Any

FINE = {"200": {"description": "Fine"}}


def document(paths: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    """Make a document with these paths."""
    base = {
        "openapi": "3.1.0",
        "info": {"title": "Bridges", "version": "1.0.0"},
        "paths": paths or {},
    }
    return {**base, **rest}


def schemas(**named: Any) -> dict[str, Any]:
    """Make the components with these schemas."""
    return {"schemas": named}


def refer(name: str) -> dict[str, str]:
    """Refer to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def operation(method: str = "get", **parts: Any) -> dict[str, Any]:
    """Make a path item with one operation."""
    return {method: {"responses": FINE, **parts}}


def parameter(schema: Any = None, **rest: Any) -> dict[str, Any]:
    """Make a query parameter."""
    return {"name": "q", "in": "query", "schema": schema or {"type": "string"}, **rest}


def sending(schema: Any, media: str = "application/json", **rest: Any) -> Any:
    """Make a document of which the one operation takes this schema."""
    body = {"content": {media: {"schema": schema}}}
    return document({"/bridges": operation("post", requestBody=body)}, **rest)


def giving(schema: Any, media: str = "application/json", **rest: Any) -> Any:
    """Make a document of which the one operation gives this schema."""
    content = {media: {"schema": schema}}
    responses = {"200": {"description": "Fine", "content": content}}
    return document({"/bridges": operation(responses=responses)}, **rest)


def asking(schema: Any, **rest: Any) -> Any:
    """Make a document of which the one operation has this parameter."""
    return document({"/bridges": operation(parameters=[parameter(schema, **rest)])})


def objects(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    """Make a schema of objects."""
    return {"type": "object", "properties": properties, "required": required or []}


TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
RICH = document(
    {
        "/bridges/{id}": {
            "parameters": [parameter(), {"$ref": "#/components/parameters/Id"}],
            "post": {
                "operationId": "store",
                "deprecated": True,
                "x-sunset": "2999-01-01",
                "tags": ["bridge"],
                "security": [{"key": ["write"]}],
                "parameters": [
                    parameter(
                        {"type": "array", "items": TEXT}, name="h", **{"in": "header"}
                    )
                ],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": refer("Bridge")}},
                },
                "responses": {
                    "200": {
                        "description": "Fine",
                        "headers": {"X-Total": {"required": True, "schema": NUMBER}},
                        "content": {
                            "application/hal+json": {"schema": refer("Bridge")}
                        },
                    },
                    "default": {"$ref": "#/components/responses/Error"},
                },
            },
        }
    },
    servers=[{"url": "https://bridges.test/{v}/v1"}],
    security=[{"key": []}],
    webhooks={
        "opened": operation(
            "post", requestBody={"content": {"a/b": {"schema": refer("Bridge")}}}
        )
    },
    components={
        "parameters": {"Id": {"name": "id", "in": "path", "schema": NUMBER}},
        "responses": {"Error": {"content": {"a/b": {"schema": refer("Part")}}}},
        "securitySchemes": {
            "key": {
                "type": "oauth2",
                "flows": {"password": {"tokenUrl": "a", "scopes": {"write": "b"}}},
            }
        },
        "schemas": {
            "Bridge": {
                "allOf": [refer("Part"), {"required": ["span"]}],
                "properties": {
                    "span": {"type": "number", "minimum": 1, "exclusiveMaximum": 9},
                    "kind": {"enum": ["a", "b", None], "default": "a"},
                    "near": {"type": "array", "items": refer("Bridge"), "minItems": 1},
                    "made": {"oneOf": [refer("Part"), TEXT, {"type": "null"}]},
                    "code": {"type": ["string", "null"], "pattern": "^a", "const": "a"},
                },
                "dependentRequired": {"span": ["code"]},
                "patternProperties": {"^x": TEXT},
                "additionalProperties": False,
                "discriminator": {"propertyName": "kind", "mapping": {"a": "#/b"}},
            },
            "Part": {
                "type": "object",
                "readOnly": True,
                "not": {"required": ["b"]},
                "if": TEXT,
                "then": NUMBER,
                "prefixItems": [TEXT, NUMBER],
            },
        },
    },
)
