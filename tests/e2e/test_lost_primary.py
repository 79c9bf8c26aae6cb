"""The primary goes away while people read: reading goes on, writing says when again."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from .replication import Pair
from .stack import ROOT, Stack
from .traffic import PATIENCE, Load, outcome, reads, sender, until


def test_it_reads_on_while_the_primary_is_away(pair: Pair, stack: Stack) -> None:
    send = sender(stack)
    pair.wait_until_equal()

    with Load(reads(stack.houses)) as load:
        load.wait(100)
        pair.stop_primary()
        load.wait(200)
        refused = send()
        load.wait(200)
        pair.start_primary()
        taken = until(send, lambda answer: answer.status_code != 503)

    assert refused.status_code == 503
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert int(refused.headers["Retry-After"]) <= 10
    assert outcome(taken) == "done"
    assert load.failures() == {}, stack.logs()
    # Nothing was restarted: not the web, not the workers.
    assert {process.poll() for process in stack.processes} == {None}


def test_it_stops_workers_while_the_primary_is_away(
    pair: Pair, stack: Stack, tmp_path: Path
) -> None:
    there = _workers(pair)
    busy, waiting = (_worker(stack, tmp_path / name) for name in ("one", "two"))
    try:
        _wait_until(lambda: len(_workers(pair) - there) == 2)
        pair.stop_primary()
        try:
            busy.terminate()  # it does not know yet
            log = tmp_path / "two" / "log"
            _wait_until(lambda: "worker.waits" in log.read_text())
            waiting.terminate()
            ends = busy.wait(PATIENCE), waiting.wait(PATIENCE)
        finally:
            pair.start_primary()
    finally:
        busy.kill()
        waiting.kill()

    assert ends == (0, 0), log.read_text()


def _worker(stack: Stack, folder: Path) -> subprocess.Popen[bytes]:
    """Start one more worker."""
    folder.mkdir()
    environment = dict(stack.environments["data_service"])
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=ROOT / "data_service",
            env={**environment, "WORKER_HEARTBEAT_FILE": str(folder / "heartbeat")},
            stdout=log,
            stderr=log,
        )


def _workers(pair: Pair) -> set[int]:
    with psycopg.connect(pair.primary.url("data_service")) as connection:
        rows = connection.execute("SELECT id FROM procrastinate_workers").fetchall()
    return {number for (number,) in rows}


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.1)
