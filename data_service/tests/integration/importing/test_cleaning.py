"""Dropping of tables that nothing can serve."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone

from data_service.importing.cleaning import LONGEST_EXPORT, drop_unused
from data_service.importing.publishing import Published
from data_service.models import PhysicalTable

CLEANING = "data_service.importing.cleaning"


@pytest.fixture
def replaced(
    publish_rows: Callable[..., Published], settings: Any
) -> list[PhysicalTable]:
    """Publish twice, of which only the last is kept."""
    settings.SNAPSHOTS_KEPT = 1
    publish_rows()
    publish_rows()
    return list(PhysicalTable.objects.order_by("pk"))


def tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'rows'")
        return {name for (name,) in cursor.fetchall()}


def later() -> Any:
    return timezone.now() + LONGEST_EXPORT + timedelta(minutes=1)


def test_it_drops_what_is_unused_for_long(replaced: list[PhysicalTable]) -> None:
    assert drop_unused(later()) == 1

    assert tables() == {replaced[1].name}
    assert list(PhysicalTable.objects.all()) == [replaced[1]]


def test_it_waits_for_the_longest_export(replaced: list[PhysicalTable]) -> None:
    assert drop_unused(timezone.now()) == 0
    assert {table.name for table in replaced} <= tables()


def test_it_leaves_what_is_being_read(
    replaced: list[PhysicalTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_service.importing.cleaning._LOCK_TIMEOUT", "50ms")
    parameters = connection.get_connection_params()
    conninfo = {k: parameters[k] for k in ("dbname", "user", "host", "port")}

    with psycopg.connect(**conninfo) as reader:
        reader.execute(f"SELECT 1 FROM rows.{replaced[0].name}")  # noqa: S608

        assert drop_unused(later()) == 0

    assert drop_unused(later()) == 1


def test_it_keeps_what_a_snapshot_has_again(
    replaced: list[PhysicalTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = replaced
    numbers = {first.pk, second.pk}
    monkeypatch.setattr(f"{CLEANING}._unknown", lambda: numbers)

    assert drop_unused(timezone.now()) == 1

    assert tables() == {second.name}


def test_it_hides_no_other_error(
    replaced: list[PhysicalTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{CLEANING}._forget", give_up)

    with pytest.raises(OperationalError):
        drop_unused(later())


def give_up(number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(1)")
    return bool(number)


def test_it_drops_tables_without_a_record(replaced: list[PhysicalTable]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE rows.t999999_json (x int)")

    assert drop_unused(timezone.now()) == 1
    assert "t999999_json" not in tables()
