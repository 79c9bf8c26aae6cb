"""Which snapshot is served: activate, roll back, unpublish, forget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data_service.importing.errors import UnknownDatasetError, UnknownSnapshotError
from data_service.importing.publishing import Published
from data_service.importing.snapshots import (
    list_snapshots,
    roll_back,
    serves,
    unpublish,
)
from data_service.models import DatasetVersion, PhysicalTable, Snapshot

Publish = Callable[..., Published]


def served_id() -> int | None:
    return DatasetVersion.objects.get().current_id


@pytest.fixture
def three(publish_text: Publish) -> list[int | None]:
    """Publish three times; give the snapshots."""
    return [publish_text(f"id\n{n}\n").snapshot_id for n in range(3)]


def test_it_rolls_back_one_by_one(three: list[int]) -> None:
    assert roll_back("trees").pk == three[1]
    assert roll_back("trees").pk == three[0]
    assert served_id() == three[0]


def test_it_rolls_back_to_any(three: list[int]) -> None:
    roll_back("trees", to=three[0])

    assert roll_back("trees", to=three[2]).pk == three[2] == served_id()


@pytest.mark.parametrize("to", [None, 0])
def test_it_refuses_what_is_not_there(three: list[int], to: int | None) -> None:
    roll_back("trees", to=three[0])

    with pytest.raises(UnknownSnapshotError, match=f"it has {three[2]}, {three[1]}"):
        roll_back("trees", to=to)

    assert served_id() == three[0]


def test_it_stops_serving(three: list[int]) -> None:
    assert unpublish("trees") == 1
    assert unpublish("trees") == 0
    assert served_id() is None
    assert not serves("trees", "trees")


def test_it_serves_again_after_it_stopped(three: list[int]) -> None:
    unpublish("trees")

    assert roll_back("trees").pk == three[2]
    assert serves("trees", "trees")


def test_it_starts_anew_after_it_stopped(publish_text: Publish) -> None:
    publish_text("id\n1\n", dataset="green", table="trees")
    unpublish("green")

    published = publish_text("id\n1\n", dataset="green", table="parks")

    assert [table.id for table in published.dataset.tables] == ["parks"]


@pytest.mark.parametrize("verb", [roll_back, unpublish, list_snapshots])
def test_it_knows_no_other_dataset(three: list[int], verb: Any) -> None:
    with pytest.raises(UnknownDatasetError, match="no dataset 'green'; there is trees"):
        verb("green")


def test_it_keeps_the_last_ones(publish_text: Publish, settings: Any) -> None:
    settings.SNAPSHOTS_KEPT = 2

    ids = [publish_text(f"id\n{n}\n").snapshot_id for n in range(4)]

    assert [snapshot.pk for snapshot in list_snapshots("trees")] == ids[:1:-1]
    unused = PhysicalTable.objects.filter(unused_since__isnull=False)
    assert unused.count() == 2


def test_it_keeps_the_one_that_is_served(publish_text: Publish, settings: Any) -> None:
    settings.SNAPSHOTS_KEPT = 1
    publish_text("id\n1\n")

    roll_back("trees", to=Snapshot.objects.get().pk)

    assert Snapshot.objects.count() == 1
    assert served_id() is not None
