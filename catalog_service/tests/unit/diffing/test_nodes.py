"""Nodes know where they are; references lead somewhere or nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.diffing.nodes import Document, Node, canonical

PARTS = {
    "a/b": {"~": [{"type": "string"}]},
    "round": {"$ref": "#/parts/about"},
    "about": {"$ref": "#/parts/round"},
    "far": {"$ref": "https://parts.test"},
    "next": {"$ref": "#/parts/last"},
    "last": {"$ref": "#/parts/lost"},
    "anchor": {"$ref": "#name"},
}


def follow(reference: Any) -> str:
    document = Document({"parts": PARTS})
    return document.follow(Node({"$ref": reference}, "/here")).pointer


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [
        ("#/parts/a~1b/~0/0", "/parts/a~1b/~0/0"),
        ("#/parts/a%2Fb", "/here"),
        ("#/parts/a~1b/%7E0", "/parts/a~1b/~0"),
        ("#/parts/a~1b/~0/1", "/here"),
        ("#/parts/a~1b/~0/999999999999", "/here"),
        ("#", ""),
        ("#/parts/far", "/parts/far"),
        ("#/parts/next", "/parts/last"),
        ("#/parts/last", "/parts/last"),
        ("#/parts/lost", "/here"),
        ("#/parts/round", "/here"),
        ("#/parts/anchor", "/parts/anchor"),
        ("#name", "/here"),
        ("https://parts.test#/parts/far", "/here"),
        ("file:///etc/hosts", "/here"),
        (5, "/here"),
        (None, "/here"),
    ],
)
def test_it_follows(reference: Any, pointer: str) -> None:
    assert follow(reference) == pointer


def test_it_comes_to_the_same_end_from_every_link() -> None:
    document = Document({"parts": PARTS})
    ends = [
        document.follow(Node({"$ref": f"#/parts/{name}"}, "/here")).pointer
        for name in ("last", "next", "last")
    ]

    assert ends == ["/parts/last"] * 3


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        ({"a": [1.0], "b": 2}, {"b": 2, "a": [1]}, True),
        (float("nan"), float("nan"), True),
        (10**400, 10**400, True),
        ({1: 2}, {"1": 2}, True),
        ("1", 1, False),
    ],
)
def test_it_writes_equal_values_alike(one: Any, other: Any, equal: bool) -> None:
    assert (canonical(one) == canonical(other)) is equal


def test_it_writes_what_is_too_deep_somehow() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]

    assert canonical(deep) == "<list>"
