"""Alternatives that changed are compared with what they were."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.diffing import Level, compare

from .assertions import ids
from .factories import NUMBER, TEXT, asking, giving, objects, refer, schemas, sending


def listed(*values: str) -> dict[str, Any]:
    """Make a schema of lists of these values."""
    return {"items": {**TEXT, "enum": list(values)}}


def lists(*ways: dict[str, Any]) -> dict[str, Any]:
    """Make a schema of lists of any of these ways, as in a parameter of names."""
    return {"type": "array", "items": TEXT, "minItems": 1, "oneOf": list(ways)}


def long(length: int, **rest: Any) -> dict[str, Any]:
    """Make a schema of texts of at most this length."""
    return {**TEXT, "maxLength": length, **rest}


def tagged(tag: str, **more: Any) -> dict[str, Any]:
    """Make a schema of objects that name their form."""
    return objects(["form"], form={"const": tag}, name=TEXT, size=NUMBER, **more)


SHOWN, HIDDEN = listed("id", "a"), listed("-id", "-a")
MORE_SHOWN, MORE_HIDDEN = listed("id", "a", "b"), listed("-id", "-a", "-b")
PATTERNS = [{**TEXT, "pattern": f"^{letter}"} for letter in "abcd"]
CODES = [{"type": "array", "items": one} for one in PATTERNS]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            lists(SHOWN, HIDDEN),
            lists(MORE_SHOWN, MORE_HIDDEN),
            ["request-enum-value-added"] * 2,
            id="more values",
        ),
        pytest.param(
            lists(SHOWN, HIDDEN),
            lists(MORE_HIDDEN, MORE_SHOWN),
            ["request-enum-value-added"] * 2,
            id="another order",
        ),
        pytest.param(
            lists(MORE_SHOWN, MORE_HIDDEN),
            lists(SHOWN, HIDDEN),
            ["request-enum-value-removed"] * 2,
            id="fewer values",
        ),
        pytest.param(
            {"anyOf": [long(5), {**NUMBER, "maximum": 5}]},
            {"anyOf": [{**NUMBER, "maximum": 9}, long(9)]},
            ["request-max-length-raised", "request-maximum-raised"],
            id="one of each type",
        ),
        pytest.param(
            {"anyOf": [long(5)]},
            {"anyOf": [NUMBER, long(9)]},
            ["request-any-of-added", "request-max-length-raised"],
            id="one more",
        ),
        pytest.param(
            {"oneOf": [tagged("a"), tagged("b")]},
            {"oneOf": [tagged("b", more=TEXT), tagged("a", more=TEXT), NUMBER]},
            ["request-one-of-added", *["request-optional-property-added"] * 2],
            id="objects",
        ),
        pytest.param(
            {"oneOf": [TEXT, {"anyOf": [SHOWN, HIDDEN]}]},
            {"oneOf": [{"anyOf": [MORE_SHOWN, MORE_HIDDEN]}, NUMBER, {**TEXT}]},
            ["request-enum-value-added"] * 2 + ["request-one-of-added"],
            id="unions in unions",
        ),
        pytest.param(
            {"anyOf": [{"enum": ["a", "b"]}, {"const": "c"}]},
            {"anyOf": [{"enum": ["c", "d"]}, {"enum": ["a", "b", "e"]}]},
            ["request-const-lifted", "request-enum-value-added"],
            id="values alone",
        ),
    ],
)
def test_it_tells_what_changed_in_an_alternative(
    old: Any, new: Any, expected: list[str]
) -> None:
    assert sorted(ids(asking(old), asking(new))) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param([tagged("a"), NUMBER], [tagged("b"), long(5)], id="tags"),
        pytest.param(
            [objects(id=TEXT, a=TEXT), objects(id=TEXT, b=TEXT)],
            [objects(id=TEXT, c=TEXT), objects(id=TEXT, d=TEXT)],
            id="other properties",
        ),
        pytest.param(
            [{**TEXT, "enum": ["a"]}, NUMBER, {"type": "boolean"}],
            [{**TEXT, "enum": ["b"]}, NUMBER],
            id="other values",
        ),
        pytest.param(PATTERNS[:2], PATTERNS[2:], id="patterns"),
        pytest.param(CODES[:2], CODES[2:], id="patterns of items"),
        pytest.param(
            [{**long(5), "title": "A"}, {**long(6), "title": "B"}],
            [{**long(7), "title": "C"}, {**long(8), "title": "D"}],
            id="other names",
        ),
        pytest.param(
            [{"required": ["a"]}, {"required": ["b"]}],
            [{"required": ["a", "c"]}, {"required": ["b", "c"]}],
            id="nothing known",
        ),
        pytest.param(
            [long(number) for number in range(40)],
            [long(number) for number in range(50, 90)],
            id="too many",
        ),
    ],
)
def test_it_takes_what_it_is_not_sure_of_for_another(old: Any, new: Any) -> None:
    found = ids(sending({"anyOf": old}), sending({"anyOf": new}))

    assert "request-any-of-removed" in found
    assert "request-any-of-added" in found


def test_it_knows_lists_by_the_pattern_that_stayed() -> None:
    old = {"anyOf": [CODES[0], CODES[1]]}
    new = {"anyOf": [{**CODES[1], "maxItems": 5}, {**CODES[0], "maxItems": 5}]}

    assert ids(sending(old), sending(new)) == ["request-max-items-set"] * 2


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (long(5), long(9), "response-max-length-raised"),
        (long(9), long(5), "response-max-length-lowered"),
    ],
)
def test_it_weighs_an_alternative_by_its_direction(
    old: Any, new: Any, expected: str
) -> None:
    before = giving({"oneOf": [old, {**NUMBER, "maximum": 5}]})
    after = giving({"oneOf": [new, {"type": "boolean"}, {**NUMBER, "maximum": 5}]})

    found = ids(before, after)

    assert found == ["response-one-of-added", expected]


def test_it_gives_the_place_of_what_changed() -> None:
    changes = compare(
        asking(lists(HIDDEN, SHOWN)), asking(lists(MORE_SHOWN, MORE_HIDDEN))
    )

    place = "/paths/~1bridges/get/parameters/0/schema/oneOf"
    assert {each.pointer_from: each.pointer_to for each in changes} == {
        f"{place}/0/items": f"{place}/1/items",
        f"{place}/1/items": f"{place}/0/items",
    }
    assert {each.level for each in changes} == {Level.INFO}


def test_it_ends_in_lists_of_themselves() -> None:
    def circle(least: int) -> Any:
        rest = {"type": "array", "items": refer("Circle"), "minItems": least}
        ends = [{**rest, "maxItems": 3}, {**rest, "maxItems": 5}]
        whole = {"anyOf": [*ends, long(least)]}
        return sending(refer("Circle"), components=schemas(Circle=whole))

    assert "request-min-items-raised" in ids(circle(1), circle(2))


def test_it_takes_no_other_form_for_the_one_that_went() -> None:
    before = giving({"oneOf": [tagged("cat"), tagged("dog")]})
    after = giving({"oneOf": [tagged("cat", age=NUMBER), tagged("bird")]})

    assert "response-one-of-added" in ids(before, after)
