"""A worker that is told to stop ends soon, whatever it waits for."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings

from shared.workers import stopping
from shared.workers.stopping import counted, run_until_told, was_told

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 60


def tell():
    """Tell this process to stop."""
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def quick(monkeypatch):
    """Give nobody time, and keep how the process would have ended."""
    exits = []
    gone = threading.Event()

    def leave(status):
        exits.append(status)
        gone.set()

    monkeypatch.setattr(stopping, "GRACE_SECONDS", 0.2)
    monkeypatch.setattr(stopping, "LEAVE_SECONDS", 0.2)
    monkeypatch.setattr(stopping.os, "_exit", leave)
    return exits, gone


def test_it_cancels_what_waits():
    seen = []

    async def wait():
        tell()
        try:
            await asyncio.sleep(PATIENCE)
        finally:
            seen.append(was_told())

    run_until_told(wait())

    assert seen == [True]


def test_it_runs_to_the_end_when_nobody_tells_it():
    async def end():
        assert not was_told()

    run_until_told(end())


def test_it_leaves_a_wait_that_cannot_be_ended(quick, caplog):
    exits, gone = quick

    async def hang():
        tell()
        await asyncio.to_thread(gone.wait, PATIENCE)

    run_until_told(hang())

    assert exits == [0]
    assert caplog.records[-1].msg["event"] == "worker.leaves"


def test_it_tells_that_it_cut_off_a_job(quick):
    exits, gone = quick

    async def work():
        with counted():
            tell()
            await asyncio.shield(asyncio.to_thread(gone.wait, PATIENCE))

    async def insist():
        work_on = asyncio.create_task(work())
        try:
            await asyncio.sleep(PATIENCE)
        finally:
            await work_on

    run_until_told(insist())

    assert exits == [1]


def start_worker(url, folder):
    """Start a worker of the tests' own project, and wait until it lives."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "PYTHONPATH": f"{PROJECT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "TMPDIR": str(folder),
    }
    command = [sys.executable, "-m", "django", "worker"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)  # noqa: S603


def stop_worker(worker):
    """Tell it to stop, and give how it ended."""
    worker.send_signal(signal.SIGTERM)
    try:
        _, said = worker.communicate(timeout=PATIENCE)
    finally:
        worker.kill()
    return worker.returncode, said.decode()


def wait_for(process, folder):
    """Wait for the first sign of life: from then on it listens."""
    heartbeat = folder / Path(settings.WORKER_HEARTBEAT_FILE).name
    until = time.monotonic() + PATIENCE
    while not heartbeat.exists():
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < until, "it shows no life"
        time.sleep(0.02)


def test_it_ends_while_there_is_no_database(tmp_path):
    worker = start_worker("postgresql://nobody@127.0.0.1:1/nothing", tmp_path)
    wait_for(worker, tmp_path)

    status, said = stop_worker(worker)

    assert status == 0, said


def test_it_ends_while_the_database_does_not_answer(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        worker = start_worker(f"postgresql://nobody@127.0.0.1:{port}/nothing", tmp_path)
        connection, _ = silent.accept()
        with connection:
            status, said = stop_worker(worker)

    assert status == 0, said
