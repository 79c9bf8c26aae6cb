"""Ids of features that only repeat a property."""

from __future__ import annotations

import pytest

from data_service.importing.readers.feature_ids import FeatureIds

LEFT_OUT = ["ids of features repeat 'code': left out"]
FIRST_ONLY = ["ids repeat a property in the first 1 feature only: left out there"]


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
        ([("tree.7", {"code": "7"}), ("ship.8", {"code": "8"})], [], FIRST_ONLY),
        ([("tree.7", {"code": "7"}), ("tree.8", {"code": None})], [], FIRST_ONLY),
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
