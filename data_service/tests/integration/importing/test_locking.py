"""One import of a dataset at a time, and what a killed one leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from data_service.importing.errors import BusyError, HeldError, MovedError
from data_service.importing.locking import begin_import, lock_versions, try_lock
from data_service.importing.progress import Silent
from data_service.importing.publishing import Publication, Published, publish
from data_service.importing.snapshots import make_default, roll_back, unpublish
from data_service.models import DatasetVersion, Import, Snapshot


@pytest.fixture
def other(clean_rows: None) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection of someone else."""
    parameters = connection.get_connection_params()
    conninfo = {k: parameters[k] for k in ("dbname", "user", "host", "port")}
    with psycopg.connect(**conninfo) as someone:
        yield someone


def publish_trees(folder: Path, **options: Any) -> Published:
    path = folder / "trees.csv"
    path.write_text("id\n1\n")
    return publish(Publication(path=path, **options))


def test_it_refuses_a_second_import_at_once(
    other: psycopg.Connection[Any], tmp_path: Path
) -> None:
    assert try_lock(other, "trees")

    with pytest.raises(BusyError, match="Another import of this dataset is running"):
        publish_trees(tmp_path)

    assert not Import.objects.exists()


def test_it_lets_imports_of_other_datasets_be(
    other: psycopg.Connection[Any], tmp_path: Path
) -> None:
    assert try_lock(other, "trees")

    assert publish_trees(tmp_path, dataset="parks").rows == 1


@pytest.fixture
def locked(
    other: psycopg.Connection[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> psycopg.Connection[Any]:
    """Publish trees, of which someone else locks the versions."""
    publish_trees(tmp_path)
    publish_trees(tmp_path)
    monkeypatch.setattr("data_service.importing.locking._LOCK_TIMEOUT", "50ms")
    other.execute("SELECT 1 FROM data_service_datasetversion FOR NO KEY UPDATE")
    return other


@pytest.mark.parametrize(
    "verb", [roll_back, unpublish, lambda name: make_default(name, "v1")]
)
def test_it_moves_no_pointer_that_is_locked(
    locked: psycopg.Connection[Any], verb: Any
) -> None:
    with pytest.raises(BusyError):
        verb("trees")

    locked.rollback()
    verb("trees")


class Unpublishing(Silent):
    """Stops serving, as somebody else, while the file is read."""

    def __init__(self, other: psycopg.Connection[Any]) -> None:
        self._other = other

    def opened(self, facts: object) -> None:
        self._other.execute("UPDATE data_service_datasetversion SET current_id = NULL")
        self._other.commit()


def test_it_gives_in_when_serving_is_stopped_meanwhile(
    other: psycopg.Connection[Any], tmp_path: Path
) -> None:
    publish_trees(tmp_path)
    publication = Publication(path=tmp_path / "trees.csv")

    with pytest.raises(MovedError):
        publish(publication, Unpublishing(other))

    assert Snapshot.objects.count() == 1
    assert Import.objects.latest("pk").faults[0]["reason"] == MovedError.__doc__
    assert publish(publication, Unpublishing(other)).rows == 1


class Ending(Silent):
    """Ends the roll-back of somebody else, once the import waits for it."""

    def __init__(self, other: psycopg.Connection[Any]) -> None:
        self._thread = Thread(target=self._end, args=(other,))
        self.has_waited = False

    def step(self, name: str) -> None:
        if name == "activating":
            self._thread.start()

    def finish(self) -> None:
        self._thread.join()

    def _end(self, other: psycopg.Connection[Any]) -> None:
        for _ in range(1000):
            waiting = other.execute("SELECT FROM pg_locks WHERE NOT granted").fetchone()
            if waiting is not None:
                self.has_waited = True
                break
            sleep(0.01)
        other.rollback()


def test_it_waits_for_its_turn_to_switch(
    locked: psycopg.Connection[Any], tmp_path: Path
) -> None:
    progress = Ending(locked)

    published = publish(Publication(path=tmp_path / "trees.csv"), progress)

    progress.finish()
    assert progress.has_waited
    assert DatasetVersion.objects.get().current_id == published.snapshot_id


def test_it_says_so_when_its_turn_does_not_come(
    locked: psycopg.Connection[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_service.importing.locking._SWITCH_TIMEOUT", "50ms")

    with pytest.raises(HeldError):
        publish_trees(tmp_path)

    record = Import.objects.latest("pk")
    assert record.state == Import.State.REFUSED
    assert record.faults[0]["reason"] == HeldError.__doc__
    locked.rollback()
    assert publish_trees(tmp_path).rows == 1


def test_it_answers_conflict(
    locked: psycopg.Connection[Any], client: Client, token: dict[str, str]
) -> None:
    number = Snapshot.objects.order_by("pk").values_list("pk", flat=True)[0]
    url = f"/control/v1/datasets/trees/snapshots/{number}/activate"

    response = client.post(url, headers=token)

    assert response.status_code == 409


def test_it_waits_for_locks_as_before(other: psycopg.Connection[Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '7s'")
        lock_versions("trees")
        cursor.execute("SHOW lock_timeout")

        assert cursor.fetchone() == ("7s",)


def test_it_needs_no_shared_memory_to_compare(
    other: psycopg.Connection[Any], tmp_path: Path
) -> None:
    with other.transaction():
        begin_import(other, "trees")

        assert other.execute("SHOW enable_parallel_hash").fetchone() == ("off",)


def test_it_leaves_no_lock(other: psycopg.Connection[Any], tmp_path: Path) -> None:
    publish_trees(tmp_path)

    assert try_lock(other, "trees")


def test_it_marks_killed_imports(clean_rows: None, tmp_path: Path) -> None:
    killed = Import.objects.create(dataset="trees", table="trees", source="x")

    publish_trees(tmp_path)

    killed.refresh_from_db()
    assert (killed.state, killed.finished_at is None) == ("failed", False)


def test_it_records_its_own_errors(
    clean_rows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no reason")

    monkeypatch.setattr("data_service.importing.publishing.activate_snapshot", fail)

    with pytest.raises(RuntimeError):
        publish_trees(tmp_path)

    assert Import.objects.get().state == Import.State.FAILED
