"""One import of a dataset at a time, and what a killed one leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from data_service.importing.errors import BusyError
from data_service.importing.locking import try_lock
from data_service.importing.publishing import Publication, Published, publish
from data_service.models import Import


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
