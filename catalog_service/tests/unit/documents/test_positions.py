"""Lines and columns of pointers, in JSON and in YAML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_service.documents import JSON, YAML, to_json, to_yaml
from catalog_service.documents.positions import locate
from catalog_service.linting import lint
from catalog_service.linting.pointers import pointer_of

IN_JSON = b"""{
  "info": {"title": "a\\n\\"b", "version": "1"},
  "paths": {
    "/a~b": {"tags": [1, {"x": true},
      [2, 3]]}
  }, "empty": {}
}"""
IN_YAML = b"""\
info: &info
  title: |
    Trees

    and parks
  "version": 1
? paths
: /a~b:
    tags:
    - 1
    - x: [a, {y: z}]
copy: *info
"""
WRITTEN_OUT = b"""{
  "info": {"title": "A"},
  "paths": {
    "/a~b": [1, {"x": "y"}],
    "caf\\u00e9": null
  }
}"""
WITH_ALIAS = b"""info: {title: A}
paths:
  /a~b:
    - 1
    - x: y
  x: &here {z: 1}
  again: *here
"""


@pytest.mark.parametrize(
    ("raw", "pointer", "place"),
    [
        (IN_JSON, "", (1, 1)),
        (IN_JSON, "/info", (2, 3)),
        (IN_JSON, "/info/version", (2, 31)),
        (IN_JSON, "/info/contact", (2, 3)),
        (IN_JSON, "/paths/~1a~0b", (4, 5)),
        (IN_JSON, "/paths/~1a~0b/tags/0", (4, 23)),
        (IN_JSON, "/paths/~1a~0b/tags/1/x", (4, 27)),
        (IN_JSON, "/paths/~1a~0b/tags/2", (5, 7)),
        (IN_JSON, "/paths/~1a~0b/tags/2/1", (5, 11)),
        (IN_JSON, "/paths/~1a~0b/tags/9", (4, 14)),
        (IN_JSON, "/empty", (6, 6)),
        (WRITTEN_OUT, "", (1, 1)),
        (WRITTEN_OUT, "/info", (2, 3)),
        (WRITTEN_OUT, "/info/title", (2, 12)),
        (WRITTEN_OUT, "/paths/~1a~0b", (4, 5)),
        (WRITTEN_OUT, "/paths/~1a~0b/1/x", (4, 18)),
        (WRITTEN_OUT, "/paths/café", (5, 5)),
        (WRITTEN_OUT, "/paths/nowhere/at/all", (3, 3)),
    ],
)
def test_it_finds_places_in_json(
    raw: bytes, pointer: str, place: tuple[int, int]
) -> None:
    assert locate(raw, JSON, {pointer}) == {pointer: place}
    assert locate(raw, JSON, [pointer, "/info/title"])[pointer] == place


@pytest.mark.parametrize(
    ("raw", "pointer", "place"),
    [
        (IN_YAML, "", (1, 1)),
        (IN_YAML, "/info", (1, 1)),
        (IN_YAML, "/info/version", (6, 3)),
        (IN_YAML, "/paths", (7, 3)),
        (IN_YAML, "/paths/~1a~0b/tags/0", (10, 7)),
        (IN_YAML, "/paths/~1a~0b/tags/1/x", (11, 7)),
        (IN_YAML, "/paths/~1a~0b/tags/1/x/1/y", (11, 15)),
        (IN_YAML, "/copy/version", (12, 1)),
        (WITH_ALIAS, "/info/title", (1, 8)),
        (WITH_ALIAS, "/paths/~1a~0b/0", (4, 7)),
        (WITH_ALIAS, "/paths/~1a~0b/1/x", (5, 7)),
        (WITH_ALIAS, "/paths/x/z", (6, 13)),
        (WITH_ALIAS, "/paths/again/z", (7, 3)),
    ],
)
def test_it_finds_places_in_yaml(
    raw: bytes, pointer: str, place: tuple[int, int]
) -> None:
    assert locate(raw, YAML, {pointer}) == {pointer: place}


def test_it_looks_for_nothing() -> None:
    assert locate(IN_JSON, JSON, set()) == {}


def test_it_locates_findings() -> None:
    text = '{"openapi": "3.1.0",\n "info": {"title": "a",\n  "version": "1.0"}}'
    report = lint(json.loads(text))

    pointers = {finding.pointer for finding in report.findings}
    places = locate(text.encode(), JSON, pointers)
    located = report.located(places.get)

    lines = {finding.rule: finding.line for finding in located.findings}
    assert lines["nlgov:semver"] == 3
    assert lines["info-contact"] == 2
    assert lines["oas3-api-servers"] == 1


KEYS = st.text("abc/~ \"\\'é🌳", min_size=1, max_size=5)
VALUES = st.recursive(
    st.integers(0, 9) | KEYS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=12,
)


def _members(value: Any, keys: tuple[str | int, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else []
    if isinstance(value, list):
        children = enumerate(value)
    return [
        keys,
        *(one for key, child in children for one in _members(child, (*keys, key))),
    ]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_it_finds_every_key_where_it_was_written(content: dict[str, Any]) -> None:
    members = [keys for keys in _members(content) if keys and isinstance(keys[-1], str)]
    pointers = {pointer_of(keys): keys[-1] for keys in members}
    text = to_json(content).decode()

    found = locate(text.encode(), JSON, pointers)
    also = locate(to_yaml(content), YAML, pointers)

    assert len(set(also.values())) == len(pointers)
    for pointer, key in pointers.items():
        line, column = found[pointer]
        written = json.dumps(key, ensure_ascii=False)
        assert text.splitlines()[line - 1][column - 1 :].startswith(written)
