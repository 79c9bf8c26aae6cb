"""Stages and authentication, as documents state them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from catalog_service.documents import facts_of, read_document


def _facts(**members: Any) -> Any:
    content = {"openapi": "3.0.0", **members}
    return facts_of(read_document(json.dumps(content).encode()), "")


@pytest.mark.parametrize(
    ("members", "stage"),
    [
        ({}, ("active", "", "")),
        ({"x-api-status": "Beta"}, ("experimental", "", "")),
        ({"info": {"x-status": "obsolete"}}, ("retired", "", "")),
        ({"x-lifecycle": 5}, ("active", "", "")),
        ({"x-deprecated": True}, ("deprecated", "", "")),
        ({"x-deprecated": "2026-01-02T00:00:00Z"}, ("active", "2026-01-02", "")),
        ({"x-sunset": "2026-02-30"}, ("active", "", "")),
        ({"info": {"x-sunset": "2026-02-28"}}, ("active", "", "2026-02-28")),
        ({"paths": {"/a": {"get": {"deprecated": True}}}}, ("deprecated", "", "")),
        (
            {"paths": {"/a": {"get": {"deprecated": True}, "put": {}}}},
            ("active", "", ""),
        ),
    ],
)
def test_it_reads_the_stage(members: dict[str, Any], stage: tuple[str, ...]) -> None:
    found = _facts(**members).lifecycle

    assert (found.status, found.deprecated, found.sunset) == stage


@pytest.mark.parametrize(
    ("schemes", "kinds"),
    [
        ({}, ("none",)),
        ({"a": {"type": "http", "scheme": "Bearer"}}, ("bearer",)),
        ({"a": {"type": "http", "scheme": "digest"}}, ("http",)),
        ({"a": {"type": "apiKey"}, "b": {"type": "oauth2"}}, ("apiKey", "oauth2")),
        (
            {"a": {"$ref": "#/components/securitySchemes/b"}, "b": {"type": "x"}},
            ("other",),
        ),
    ],
)
def test_it_reads_the_authentication(
    schemes: dict[str, Any], kinds: tuple[str, ...]
) -> None:
    assert _facts(components={"securitySchemes": schemes}).authentication == kinds


def test_it_reads_the_authentication_of_swagger() -> None:
    raw = b'{"swagger": "2.0", "securityDefinitions": {"a": {"type": "basic"}}}'

    assert facts_of(read_document(raw), "").authentication == ("basic",)
