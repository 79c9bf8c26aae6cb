"""A worker that is killed in the middle of a job, and another one that does it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from shared.testing.programs import unmeasured_environment
from shared.workers.tasks import retry_stalled_jobs

_PATIENCE = 60.0
_NAMES = ("host", "port", "user", "password", "dbname")
_FIND = """
SELECT id FROM procrastinate_jobs
 WHERE status = %s::procrastinate_job_status AND task_name LIKE %s ORDER BY id
"""
_IS_BLOCKED = """
SELECT count(*) FROM procrastinate_jobs, pg_stat_activity
 WHERE id = %s AND status = 'doing'
   AND wait_event_type = 'Lock' AND datname = current_database()
"""


@pytest.fixture
def quiet_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is due by the clock, and what else a worker sets, out of a test."""
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    own = connections.settings["default"]
    monkeypatch.setitem(own, "CONN_MAX_AGE", 0)
    monkeypatch.setitem(own, "OPTIONS", dict(own["OPTIONS"]))


def jobs_in(status: str, task: str = "") -> list[int]:
    """Give the jobs in this state, the oldest first."""
    return [number for (number,) in _ask(_FIND, [status, f"{task}%"])]


def keep_only(*jobs: int) -> None:
    """Leave no job but these."""
    with connection.cursor() as cursor:
        sentence = "DELETE FROM procrastinate_jobs WHERE NOT id = ANY(%s)"
        cursor.execute(sentence, [list(jobs)])


def kill_in(job: int, hold: str) -> None:
    """Kill a worker in a job: it waits for what the statement `hold` holds."""
    with _held(hold), running_worker() as worker:
        until = time.monotonic() + _PATIENCE
        while _ask(_IS_BLOCKED, [job]) == [(0,)]:
            if time.monotonic() > until or worker.poll() is not None:
                raise AssertionError(f"job {job} does not wait for: {hold}")
            time.sleep(0.02)
        worker.kill()
        worker.wait()


@contextmanager
def running_worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker of the service that is tested, on the database of the tests."""
    parameters = connection.get_connection_params()
    query = urlencode({n: parameters[n] for n in _NAMES if parameters.get(n)})
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **unmeasured_environment(),
            "DATABASE_URL": f"postgresql://?{query}",
            "DEBUG": "true",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "WORKER_HEARTBEAT_FILE": f"{folder}/heartbeat",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "django", "worker"],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def let_another_finish() -> None:
    """Do all jobs, after the time in which a silent worker counts as alive."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'"
        )
    with suppress(AlreadyEnqueued):  # by the killed one, on the minute
        app.configure_task(retry_stalled_jobs.name).defer(timestamp=0)
    while jobs_in("todo"):
        call_command("worker", "--until-idle")


@contextmanager
def _held(statement: str) -> Iterator[None]:
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory")
    with psycopg.connect(**parameters) as other:
        other.execute(statement.encode())
        yield
        other.rollback()


def _ask(question: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
