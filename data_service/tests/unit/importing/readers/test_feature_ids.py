"""Ids of features that only repeat a property."""

from __future__ import annotations

from typing import Any

import pytest

from data_service.importing.readers.feature_ids import FeatureIds, MisledError

LEFT_OUT = ["ids of features repeat 'code': left out"]


@pytest.mark.parametrize(
    ("features", "expected", "doubts"),
    [
        ([("tree.7", {"code": "7"}), ("tree.8", {"code": "8"})], ["code"], LEFT_OUT),
        (
            [("tree.7", {"size": 7, "code": 7}), ("tree.8", {"code": 8})],
            ["code"],
            LEFT_OUT,
        ),
        ([("tree.a.b", {"code": "a.b"})], ["code"], LEFT_OUT),
        ([("tree.7", {"code": "8"}), ("tree.7", {"code": "7"})], [], []),
        ([("tree", {"code": "tree"})], [], []),
        ([(7, {"code": 7}), ("tree.7", {"code": 7})], [], []),
    ],
)
def test_it_follows_the_property_that_all_repeat(
    features: list[tuple[object, dict[str, object]]],
    expected: list[str],
    doubts: list[str],
) -> None:
    ids = FeatureIds()

    outcomes = [ids.repeats(own_id, properties) for own_id, properties in features]

    assert ids.names == expected
    assert outcomes[-1] is bool(expected)
    assert ids.doubts() == doubts


@pytest.mark.parametrize(
    "second",
    [("ship.8", {"code": "8"}), ("tree.8", {"code": None}), ("tree.8", {"code": 9})],
)
def test_it_holds_all_ids_against_the_first(second: tuple[str, dict[str, Any]]) -> None:
    ids = FeatureIds()
    ids.repeats("tree.7", {"code": "7"})

    with pytest.raises(MisledError):
        ids.repeats(*second)


def test_it_keeps_ids_when_told() -> None:
    ids = FeatureIds()
    ids.keep()

    assert not ids.repeats("tree.7", {"code": "7"})
    assert not ids.repeats("ship.8", {"code": "8"})
    assert ids.doubts() == []
