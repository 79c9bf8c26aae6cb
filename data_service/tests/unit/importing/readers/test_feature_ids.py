"""Ids of features that only repeat a property."""

from __future__ import annotations

import pytest

from data_service.importing.readers.feature_ids import FeatureIds


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ([("tree.7", {"code": "7"}), ("tree.8", {"code": "8"})], ["code"]),
        ([("tree.7", {"size": 7, "code": 7}), ("tree.8", {"code": 8})], ["code"]),
        ([("tree.a.b", {"code": "a.b"})], ["code"]),
        ([("tree.7", {"code": "7"}), ("ship.8", {"code": "8"})], []),
        ([("tree.7", {"code": "7"}), ("tree.8", {"code": None})], []),
        ([("tree.7", {"code": "8"}), ("tree.7", {"code": "7"})], []),
        ([("tree", {"code": "tree"})], []),
        ([(7, {"code": 7}), ("tree.7", {"code": 7})], []),
    ],
)
def test_it_follows_the_property_that_all_repeat(
    features: list[tuple[object, dict[str, object]]], expected: list[str]
) -> None:
    ids = FeatureIds()

    outcomes = [ids.repeats(own_id, properties) for own_id, properties in features]

    assert ids.names == expected
    assert outcomes[-1] is bool(expected)
    assert ids.doubts() == [f"ids of features repeat '{n}': left out" for n in expected]
