"""The job that stores the finished JSON of rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from data_service import tasks
from data_service.formats.hal import RENDERER_VERSION
from data_service.importing.publishing import Published
from data_service.models import PhysicalTable, Snapshot
from data_service.tasks.rendering import render_rows, request_missing


@pytest.fixture
def physical(published: Published) -> PhysicalTable:
    """Publish the trees; give their table."""
    return PhysicalTable.objects.get()


def stored(physical: PhysicalTable) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM rows.{physical.json_name} ORDER BY 1")  # noqa: S608
        return cursor.fetchall()


def test_it_stores_each_row(physical: PhysicalTable) -> None:
    assert render_rows(physical.pk) == 4

    physical.refresh_from_db()
    assert physical.rendered_by == RENDERER_VERSION
    ordinal, text = stored(physical)[0]
    row = json.loads(text.replace("\x01", "https://example.org"))
    assert (ordinal, row["id"], row["seen"]) == (1, 1, "2020-02-01T12:00:00+00:00")


def test_it_does_so_once(physical: PhysicalTable) -> None:
    tasks.render_rows(physical_id=physical.pk)

    assert render_rows(physical.pk) == 0


def test_it_starts_anew_for_another_renderer(physical: PhysicalTable) -> None:
    render_rows(physical.pk)
    PhysicalTable.objects.update(rendered_by="0")

    assert render_rows(physical.pk) == 4


def test_it_leaves_tables_that_are_gone(physical: PhysicalTable) -> None:
    assert render_rows(0) == 0


def test_it_leaves_tables_that_no_snapshot_has(physical: PhysicalTable) -> None:
    physical.snapshottable_set.all().delete()

    assert render_rows(physical.pk) == 0


def test_it_asks_for_what_is_missing(physical: PhysicalTable) -> None:
    assert request_missing() == 0  # the job of the import waits already
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert request_missing() == 0  # and now it runs

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

    assert tasks.render_missing(timestamp=0) == 1
    render_rows(physical.pk)
    assert request_missing() == 0


def test_it_drops_what_is_unused(
    publish_rows: Callable[..., Published], settings: Any
) -> None:
    settings.SNAPSHOTS_KEPT = 1
    publish_rows()
    publish_rows()
    PhysicalTable.objects.filter(unused_since__isnull=False).update(
        unused_since=timezone.now().replace(year=2020)
    )

    assert tasks.drop_unused(timestamp=0) == 1
    assert (Snapshot.objects.count(), PhysicalTable.objects.count()) == (1, 1)
