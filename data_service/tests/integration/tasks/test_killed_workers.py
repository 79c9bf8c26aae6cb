"""A worker that is killed in the middle of a job: another one does it, once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from psycopg import sql

from data_service import tasks
from data_service.importing.publishing import Publication, publish
from data_service.importing.sending import Sending, take_in
from data_service.models import Download, Import, PhysicalTable
from shared.workers.tasks import retry_stalled_jobs

MANAGE = Path(__file__).parents[3] / "manage.py"
ROWS = 20_000
PATIENCE = 60.0
Prepare = Callable[[PhysicalTable], str]


@pytest.fixture
def big(clean_rows: None, tmp_path: Path) -> PhysicalTable:
    """Publish a table that is worth every job."""
    path = tmp_path / "ships.csv"
    path.write_text("id,name\n" + "".join(f"{n},s{n}\n" for n in range(ROWS)))
    publish(Publication(path=path))
    return PhysicalTable.objects.get()


@pytest.fixture(autouse=True)
def quiet_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is due by the clock, and what else this worker sets, out of it."""
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    own = connections.settings["default"]
    monkeypatch.setitem(own, "CONN_MAX_AGE", 0)
    monkeypatch.setitem(own, "OPTIONS", dict(own["OPTIONS"]))


def rendering(big: PhysicalTable) -> str:
    _only(_jobs("todo", tasks.RENDER_TASK)[0])
    return f"rows.{big.name}"


def downloading(big: PhysicalTable) -> str:
    _only(_jobs("todo", tasks.DOWNLOAD_TASK)[-1])  # xlsx, the last of the kinds
    return f"rows.{big.name}"


def dropping(big: PhysicalTable) -> str:
    big.snapshottable_set.all().delete()
    PhysicalTable.objects.update(unused_since=timezone.now() - timedelta(days=2))
    _only(tasks.drop_unused.defer(timestamp=0))
    return "data_service_physicaltable"


def importing(big: PhysicalTable) -> str:
    record = take_in(
        Sending(
            dataset="boats",
            table="boats",
            source="boats.csv",
            options={"format": "csv"},
            most_bytes=1000,
            by="test",
        ),
        iter([b"id,name\n1,Argo\n"]),
    )
    _only(_jobs("todo", tasks.IMPORT_TASK)[0])
    assert record.pk
    return "data_service_snapshot"


def is_rendered(big: PhysicalTable) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM rows.{big.json_name}")  # noqa: S608
        return cursor.fetchone() == (ROWS,)


def is_downloaded(big: PhysicalTable) -> bool:
    return Download.objects.filter(physical=big, kind="xlsx", problem="").count() == 1


def is_dropped(big: PhysicalTable) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"rows.{big.name}"])
        return cursor.fetchone() == (None,)


def is_imported(big: PhysicalTable) -> bool:
    states = Import.objects.filter(dataset="boats").values_list("state", "rows")
    return list(states) == [("done", 1)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("prepare", "is_done"),
    [
        (rendering, is_rendered),
        (downloading, is_downloaded),
        (dropping, is_dropped),
        (importing, is_imported),
    ],
)
def test_it_does_a_job_once_though_its_worker_was_killed(
    big: PhysicalTable, prepare: Prepare, is_done: Callable[[PhysicalTable], bool]
) -> None:
    table = prepare(big)

    with _held(table), _worker() as worker:
        _wait_until_blocked()
        worker.kill()
        worker.wait()
    _forget_worker()
    with suppress(AlreadyEnqueued):  # a minute ended while the worker ran
        retry_stalled_jobs.defer(timestamp=0)
    while _jobs("todo"):
        call_command("worker", "--until-idle")

    assert is_done(big)
    assert _jobs("todo") == _jobs("doing") == _jobs("failed") == []


def _only(job_id: int) -> None:
    """Leave no job but this one."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id <> %s", [job_id])


def _jobs(status: str, task: str = "") -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM procrastinate_jobs "
            "WHERE status = %s::procrastinate_job_status AND task_name LIKE %s "
            "ORDER BY id",
            [status, f"{task}%"],
        )
        return [number for (number,) in cursor.fetchall()]


@contextmanager
def _held(table: str) -> Iterator[None]:
    """Hold a table, so that the job waits in its middle."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory")
    with psycopg.connect(**parameters) as other:
        name = sql.Identifier(*table.split("."))
        other.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(name))
        yield
        other.rollback()


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    parameters = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    query = urlencode({n: parameters[n] for n in names if parameters.get(n)})
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, str(MANAGE), "worker"],
        env={**os.environ, "DATABASE_URL": f"postgresql://?{query}", "DEBUG": "true"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_until_blocked() -> None:
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database()"
            )
            if cursor.fetchone() != (0,):
                return
            assert time.monotonic() < until, "no job waits"
            time.sleep(0.02)


def _forget_worker() -> None:
    """Let the time go by after which a worker counts as dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'"
        )
