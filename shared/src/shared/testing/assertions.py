"""Assertions in the words of the house."""

# ruff: noqa: S101

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

_PREFILLED = frozenset({"example", "examples"})
_NEEDED = ("type", "title", "status", "detail")
_HEADERS = ("API-Version", "Access-Control-Allow-Origin", "X-Request-ID", "Vary")


def assert_problem(
    response: HttpResponse, status: int, *, name: str = "", in_detail: str = ""
) -> dict[str, Any]:
    """Assert that `response` is a whole problem of `status`, and return its members.

    With `name`, one of its faults is about that parameter or member.
    """
    assert response.status_code == status, response.content[:500]
    assert response.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = json.loads(response.content)
    assert all(problem.get(member) for member in _NEEDED), problem
    assert problem["status"] == status
    for header in _HEADERS:
        assert response.headers.get(header), f"{header} is missing"
    if name:
        assert name in [fault["name"] for fault in problem["invalid-params"]], problem
    assert in_detail in problem["detail"], problem
    return problem


def assert_nothing_prefilled(document: dict[str, Any]) -> None:
    """Assert that no optional parameter has what Swagger UI would send unasked.

    It sends examples, and samples of objects; defaults change nothing.
    """
    shared = document.get("components", {}).get("parameters", {})
    lists = [
        part["parameters"]
        for item in document["paths"].values()
        for part in (item, *item.values())
        if "parameters" in part
    ]
    for parameter in (p for each in (*lists, shared.values()) for p in each):
        sent = [] if parameter.get("required") else _prefilled(parameter)
        assert not sent, f"{parameter['name']} is prefilled: {sent}"


def _prefilled(node: Any) -> list[Any]:
    if isinstance(node, list):
        return [found for item in node for found in _prefilled(item)]
    if not isinstance(node, dict):
        return []
    found = [node[name] for name in _PREFILLED & set(node)]
    found += [node] if node.get("type") == "object" else []
    return found + _prefilled(list(node.values()))
