"""Skipping what is the same finds no less."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from catalog_service.diffing import compare
from catalog_service.diffing.nodes import Document, Node
from catalog_service.diffing.sameness import Sameness, is_alike, references_in

from .factories import NUMBER, TEXT, objects, refer, schemas
from .test_junk import broken


@settings(deadline=None, max_examples=60)
@given(broken(), broken())
def test_it_finds_the_same_without_skipping(old: Any, new: Any) -> None:
    quick = compare(old, new)

    with patch.object(Sameness, "holds", return_value=False):
        assert compare(old, new) == quick


@pytest.mark.parametrize(("name", "holds"), [("A", False), ("B", False), ("C", True)])
def test_it_follows_references(name: str, holds: bool) -> None:
    def made(end: Any) -> Document:
        rest = {"B": objects(b=end), "C": objects(c=refer("D")), "D": TEXT}
        used = {"paths": {name: refer(name) for name in "AC"}}
        return Document(
            {"components": schemas(A=objects(a=refer("B")), **rest), **used}
        )

    reference = Node(refer(name), "/here")

    assert Sameness(made(TEXT), made(NUMBER)).holds(reference, reference) is holds


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"a": [1, {"b": 0}]}, {"a": [1.0, {"b": 0}]}, True),
        ({"a": [1, {"b": 0}]}, {"a": [1, {"b": False}]}, False),
        (True, 1, False),
        ([1], [1, 2], False),
    ],
)
def test_it_tells_true_from_1(one: Any, other: Any, alike: bool) -> None:
    assert is_alike(one, other) is alike


def test_it_finds_references_in_circles() -> None:
    value: dict[str, Any] = {"a": [refer("A")]}
    value["again"] = value

    assert list(references_in(value)) == ["#/components/schemas/A"]
