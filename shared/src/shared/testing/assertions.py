"""Assertions in the words of the house."""

# ruff: noqa: S101

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

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
