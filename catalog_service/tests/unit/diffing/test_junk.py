"""Whatever stands in a document, comparing it fails no one."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_service.diffing import NotADocumentError, compare, version_agrees

from .factories import RICH, document, sending

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["#", "#/", "#/paths", "#/components/schemas/Bridge", "{", "{}"])
)
WORDS = (
    "type properties items required enum allOf anyOf oneOf $ref get post parameters "
    "schema content responses 200 in name nullable not if minimum maximum "
    "exclusiveMinimum security tags servers url deprecated x-sunset"
)
NAMES = st.sampled_from(re.findall(r"\S+", WORDS)) | st.text(max_size=4)
KEYS = NAMES | st.integers(0, 500)  # YAML has them
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)
OLD = {
    "swagger": "2.0",
    "host": "a.test",
    "definitions": RICH["components"]["schemas"],
    "securityDefinitions": {"a": {"type": "basic"}, "b": {"type": "oauth2"}},
    "paths": {
        "/a": {
            "post": {
                "consumes": ["a/b"],
                "parameters": [
                    {
                        "in": "body",
                        "name": "b",
                        "schema": {"$ref": "#/definitions/Part"},
                    },
                    {"in": "query", "name": "q", "type": "array", "items": {}},
                ],
                "responses": {"200": {"headers": {"X": {"type": "string"}}}},
            },
            "put": {"parameters": [{"in": "formData", "name": "f", "type": "file"}]},
        }
    },
}


def places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            places(value[key], found)
    return found


@st.composite
def broken(draw: Any, base: dict[str, Any] = RICH) -> Any:
    value = copy.deepcopy(base)
    for _ in range(draw(st.integers(1, 3))):
        every = places(value, [])
        holder, key = every[draw(st.integers(0, len(every) - 1))]
        holder[key] = draw(JUNK)
    return value


@settings(deadline=None, max_examples=150)
@given(broken(), broken())
def test_it_survives_junk_anywhere(old: Any, new: Any) -> None:
    changes = compare(old, new)

    assert list(changes) == sorted(changes, key=lambda change: change.order)
    assert version_agrees(old, new, changes).sentence


@settings(deadline=None, max_examples=60)
@given(broken(OLD), broken(OLD))
def test_it_survives_junk_in_swagger(old: Any, new: Any) -> None:
    assert isinstance(compare(old, new), tuple)


@settings(deadline=None, max_examples=60)
@given(broken())
def test_it_finds_nothing_between_copies(value: Any) -> None:
    assert compare(value, copy.deepcopy(value)) == ()


@pytest.mark.parametrize("value", [None, [], "openapi: 3.1.0", 3.1, True])
def test_it_refuses_what_is_no_object(value: Any) -> None:
    with pytest.raises(NotADocumentError):
        compare(document(), value)


def test_it_survives_depth() -> None:
    old, new = {"type": "string"}, {"type": "integer"}
    for _ in range(50_000):
        old, new = {"items": old}, {"items": new}

    assert compare(sending(old), sending(new)) == ()


def test_it_survives_a_long_chain_of_references() -> None:
    chain = {f"A{n}": {"$ref": f"#/components/schemas/A{n + 1}"} for n in range(10_000)}
    ends = ({"A10000": {"type": kind}} for kind in ("string", "integer"))
    old, new = ({"schemas": {**chain, **end}} for end in ends)
    reference = {"$ref": "#/components/schemas/A0"}

    changes = compare(
        sending(reference, components=old), sending(reference, components=new)
    )

    assert [change.id for change in changes] == ["request-type-changed"]
