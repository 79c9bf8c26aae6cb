"""Lines and columns of pointers, in JSON and in YAML."""

from __future__ import annotations

import pytest

from catalog_service.documents import JSON, YAML
from catalog_service.documents.positions import locate

AS_JSON = b"""{
  "info": {"title": "A"},
  "paths": {
    "/a~b": [1, {"x": "y"}],
    "caf\\u00e9": null
  }
}"""
AS_YAML = b"""info: {title: A}
paths:
  /a~b:
    - 1
    - x: y
  x: &here {z: 1}
  again: *here
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", (1, 1)),
        ("/info", (2, 3)),
        ("/info/title", (2, 12)),
        ("/paths/~1a~0b", (4, 5)),
        ("/paths/~1a~0b/1/x", (4, 18)),
        ("/paths/café", (5, 5)),
        ("/paths/nowhere/at/all", (3, 3)),
    ],
)
def test_it_finds_places_in_json(pointer: str, place: tuple[int, int]) -> None:
    assert locate(AS_JSON, JSON, {pointer}) == {pointer: place}


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/info/title", (1, 8)),
        ("/paths/~1a~0b/0", (4, 7)),
        ("/paths/~1a~0b/1/x", (5, 7)),
        ("/paths/x/z", (6, 13)),
        ("/paths/again/z", (7, 3)),
    ],
)
def test_it_finds_places_in_yaml(pointer: str, place: tuple[int, int]) -> None:
    assert locate(AS_YAML, YAML, {pointer}) == {pointer: place}


def test_it_looks_for_nothing() -> None:
    assert locate(AS_JSON, JSON, set()) == {}
