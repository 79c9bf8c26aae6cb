"""What every operation of a generated OpenAPI document has: problems, a version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_DEVIATIONS = "x-explained-deviations"
_EXPLAINED = [
    {
        "rule": "nlgov:property-casing",
        "pointer": "/components/schemas/Problem",
        "reason": "Problems name faults in invalid-params, as in RFC 7807 and dso-api.",
    }
]
_VERSION = {"API-Version": {"$ref": "#/components/headers/API-Version"}}


def add_problems(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Add the problem responses and the version header to every operation.

    A post-processing hook of drf-spectacular. Where problems deviate from the design
    rules is explained, after what the service itself explains (ADR 0028).
    """
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = problem_schema()
    components["headers"] = {
        "API-Version": {
            "description": "The version of this API.",
            "schema": {"type": "string", "example": result["info"]["version"]},
        }
    }
    result[_DEVIATIONS] = [*result.get(_DEVIATIONS, ()), *_EXPLAINED]
    for operation in _operations(result):
        responses = operation["responses"]
        for status, text in _problems_of(operation).items():
            responses.setdefault(status, _problem_response(text))
        for response in responses.values():
            response.setdefault("headers", {}).update(_VERSION)
    return result


def problem_schema() -> dict[str, Any]:
    """Return the JSON schema of a problem (RFC 9457)."""
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": text,
            "instance": text,
            "invalid-params": {
                "type": "array",
                "description": "Every fault of the request.",
                "items": {
                    "type": "object",
                    "required": ["type", "name", "reason"],
                    "properties": {
                        "type": text,
                        "name": text,
                        "reason": text,
                        "in": {
                            "type": "string",
                            "enum": ["query", "path", "header", "body"],
                        },
                        "accepted": text,
                    },
                },
            },
        },
    }


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                yield operation


def _problems_of(operation: dict[str, Any]) -> dict[str, str]:
    problems = {"400": "The request is not valid."}
    if any(p["in"] == "path" for p in operation.get("parameters", [])):
        problems["404"] = "There is nothing at this address."
    if any(operation.get("security", [])):
        problems["401"] = "The token is missing or not valid."
        problems["403"] = "The caller may not do this."
        problems["429"] = "Too many requests."
    if "requestBody" in operation:
        problems["413"] = "The body is too large."
        problems["415"] = "A body of this media type is not read here."
    return problems | {"default": "Any other problem."}


def _problem_response(text: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _PROBLEM}}
    return {"description": text, "content": content}
