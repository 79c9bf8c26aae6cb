"""What is served now."""

import pytest

from data_service.importing.snapshots import unpublish
from data_service.models import Dataset, DatasetVersion, PhysicalTable
from data_service.querying import connections, snapshots
from data_service.querying.snapshots import (
    SnapshotGoneError,
    is_anything_served,
    served_at,
    served_everywhere,
)


@pytest.fixture(autouse=True)
def fresh_connection():
    yield
    connections.close()


def test_it_finds_the_dataset_with_the_longest_path(published):
    Dataset.objects.create(id="oaks", path="trees/oaks")
    DatasetVersion.objects.create(
        dataset_id="oaks", current_id=DatasetVersion.objects.get().current_id
    )

    (found,) = served_at(("trees/oaks", "trees"), ("oaks",))
    assert found.path == "trees/oaks"
    (found,) = served_at(("trees/tree", "trees"), ("tree",))
    assert found.path == "trees"


def test_it_gives_the_schema_with_its_place(published):
    (served,) = served_at(("trees",), ("tree",))

    assert (served.dataset.id, served.dataset.path) == ("trees", "trees")
    assert served.snapshot_id == published.snapshot_id
    assert served.tables["tree"].row_count == 4
    assert served.tables["tree"].json_name == f"{served.tables['tree'].name}_json"


def test_it_gives_the_default_version_first(published):
    current = DatasetVersion.objects.get().current_id
    DatasetVersion.objects.update(is_default=False)
    DatasetVersion.objects.create(dataset_id="trees", name="v2", current_id=current)

    versions = [(s.version, s.is_default) for s in served_at(("trees",), ())]

    assert versions == [("v2", True), ("v1", False)]


def test_it_sees_that_the_rows_were_rendered(published):
    (before,) = served_at(("trees",), ("tree",))
    PhysicalTable.objects.update(rendered_by="x")

    (after,) = served_at(("trees",), ("tree",))

    assert (before.tables["tree"].rendered_by, after.tables["tree"].rendered_by) == (
        "",
        "x",
    )


def test_it_gives_nothing_that_is_not_served(published):
    unpublish("trees")

    assert served_at(("trees",), ("tree",)) == ()
    assert served_everywhere() == ()
    assert is_anything_served() == "no dataset is published"


def test_it_lists_everything_that_is_served(published):
    (served,) = served_everywhere()

    assert set(served.tables) == {"tree"}
    assert is_anything_served() is True


def test_it_says_when_a_snapshot_is_gone(published):
    (served,) = served_everywhere()
    snapshots.forget()
    unpublish("trees")
    Dataset.objects.all().delete()

    with pytest.raises(SnapshotGoneError):
        assert served.dataset
