"""Whole documents around the example of a kind, to show and to prove it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalog_service.diffing.changes import Place
from catalog_service.diffing.kind import Kind, Scope

_FINE = {"200": {"description": "Fine"}}


def example_documents(kind: Kind) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give two OpenAPI documents between which just this kind of change lies.

    Another kind may show up beside it where one cannot happen without the other.
    """
    old, new = kind.example
    shape = _shape(kind)
    return shape(old), shape(new)


def _shape(kind: Kind) -> Callable[[Any], dict[str, Any]]:
    if kind.scope is Scope.SCHEMA:
        return _SCHEMA_SHAPES[_place(kind)]
    if kind.scope is Scope.CONTENT:
        request = Place.REQUEST in kind.places
        return _in_request if request else _in_response
    return _SHAPES[kind.scope]


def _place(kind: Kind) -> Place:
    order = (Place.REQUEST, Place.PARAMETER, Place.RESPONSE, Place.HEADER)
    return next(place for place in order if place in kind.places)


def _document(item: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Example", "version": "1.0.0"},
        "paths": {} if item is None else {"/example": item},
    }


def _operation(method: str = "get", **parts: Any) -> dict[str, Any]:
    return _document({method: {"responses": _FINE, **parts}})


def _whole(part: Any) -> dict[str, Any]:
    return {**_document({}), **part}


def _in_request(content: Any) -> dict[str, Any]:
    return _operation("post", requestBody={"content": content})


def _in_response(content: Any) -> dict[str, Any]:
    return _operation(responses={"200": {"description": "Fine", "content": content}})


def _in_body(body: Any) -> dict[str, Any]:
    return _operation("post", **({} if body is None else {"requestBody": body}))


def _in_headers(headers: Any) -> dict[str, Any]:
    return _operation(responses={"200": {"description": "Fine", "headers": headers}})


def _parameter(schema: Any) -> dict[str, Any]:
    return _operation(parameters=[{"name": "a", "in": "query", "schema": schema}])


_SHAPES: dict[Scope, Callable[[Any], dict[str, Any]]] = {
    Scope.DOCUMENT: _whole,
    Scope.OPERATION: _document,
    Scope.PARAMETER: lambda parameters: _operation(parameters=parameters),
    Scope.BODY: _in_body,
    Scope.RESPONSE: lambda responses: _operation(responses=responses),
    Scope.HEADER: _in_headers,
}
_SCHEMA_SHAPES: dict[Place, Callable[[Any], dict[str, Any]]] = {
    Place.REQUEST: lambda schema: _in_request({"application/json": {"schema": schema}}),
    Place.PARAMETER: _parameter,
    Place.RESPONSE: lambda s: _in_response({"application/json": {"schema": s}}),
    Place.HEADER: lambda schema: _in_headers({"X-Example": {"schema": schema}}),
}
