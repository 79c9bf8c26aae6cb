"""What counts as a change, and what reads back the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_service.documents import content_hash, read_value, to_json, to_yaml

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"a": 1, "b": 2}', '{\n"b": 2,\n"a": 1}'),
        ('{"a": 1}', "a: 1 # note"),
        ('{"a": 1.0}', '{"a": 1}'),
        ('{"a": "\\u00e9"}', '{"a": "é"}'),
        ('{"a": {"b": [1.50]}}', '{"a": {"b": [1.5]}}'),
    ],
)
def test_it_sees_no_change_in_writing(one: str, other: str) -> None:
    assert _hash(one) == _hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"a": [1, 2]}', '{"a": [2, 1]}'),
        ('{"a": 1}', '{"a": "1"}'),
        ('{"a": 1}', '{"a": true}'),
        ('{"a": null}', "{}"),
        ('{"a": 1.5}', '{"a": 1.6}'),
    ],
)
def test_it_sees_a_change_in_meaning(one: str, other: str) -> None:
    assert _hash(one) != _hash(other)


@given(VALUES)
@settings(max_examples=150, deadline=None)
def test_it_reads_back_what_it_writes(value: Any) -> None:
    content = {"value": value}

    for raw in (to_json(content), to_yaml(content)):
        read, _ = read_value(raw)
        assert content_hash(read) == content_hash(content)


@pytest.mark.parametrize(
    "text",
    ["no", "0o17", "1e3", "2020-01-01", ".inf", "null", "", "- a", "a: b", "é\n"],
)
def test_it_quotes_what_would_be_something_else(text: str) -> None:
    assert read_value(to_yaml({"a": text}))[0] == {"a": text}


def test_it_writes_no_anchors() -> None:
    shared = {"x": 1}

    assert b"&" not in to_yaml({"a": shared, "b": shared})


def _hash(text: str) -> str:
    return content_hash(read_value(text.encode())[0])
