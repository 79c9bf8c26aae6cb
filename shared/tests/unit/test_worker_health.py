"""The health check of a worker's container."""

import os
import subprocess
import sys
import time

import pytest

from shared.workers.health import find_fault


@pytest.fixture
def heartbeat(tmp_path):
    """Give a file that was touched now."""
    path = tmp_path / "heartbeat"
    path.touch()
    return path


def check(heartbeat):
    """Run the check as a container does."""
    return subprocess.run(
        [sys.executable, "-m", "shared.workers.health"],
        env={**os.environ, "WORKER_HEARTBEAT_FILE": str(heartbeat)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_well_while_the_worker_beats(heartbeat):
    assert find_fault(str(heartbeat)) is None


def test_it_is_ill_after_a_while(heartbeat):
    old = time.time() - 100
    os.utime(heartbeat, (old, old))

    assert find_fault(str(heartbeat)) == "the worker was last seen 100 s ago"


def test_it_is_ill_without_a_heartbeat(tmp_path):
    fault = find_fault(str(tmp_path / "none"))

    assert fault == f"no worker has run here: there is no {tmp_path}/none"


def test_it_says_what_to_set():
    assert "WORKER_HEARTBEAT_FILE is not set" in find_fault("")


def test_it_ends_as_containers_are_asked(heartbeat):
    well, ill = check(heartbeat), check(heartbeat / "none")

    assert (well.returncode, well.stderr) == (0, "")
    assert ill.returncode == 1
    assert ill.stderr.startswith("no worker has run here")


def test_it_starts_nothing_large():
    code = "import sys, shared.workers.health; print(*sys.modules)"
    told = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603

    loaded = {name.partition(".")[0] for name in told.split()}
    assert not loaded & {"django", "asyncio", "psycopg", "procrastinate"}
