"""`make run` leaves no process, and starts again after any of them was killed."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from development import clean, postgres, processes
from development.places import ROOT, SERVICES, variable
from shared.testing.programs import unmeasured_environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
CHILDREN = {
    "catalogue web": r"gunicorn .* catalog_service\.wsgi",
    "data service worker": r"data_service/manage\.py worker",
    "PostgreSQL": r"bin/postgres -D",
}
PATIENCE_SECONDS = 150.0


@dataclass
class Run:
    """A `make run` that was started."""

    process: subprocess.Popen[bytes]
    log: Path

    def printed(self) -> str:
        """Give what it said so far."""
        return self.log.read_text("utf-8", "replace")

    def wait_until_up(self) -> None:
        """Wait until it says where to look."""
        assert wait_for(self._is_up_or_over), self.printed()
        assert self.process.poll() is None, self.printed()

    def _is_up_or_over(self) -> bool:
        return self.process.poll() is not None or "Ctrl-C stops" in self.printed()


def wait_for(condition: Callable[[], object]) -> bool:
    """Wait until the condition holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(condition())


def descendants(pid: int) -> set[int]:
    """Give every process below one."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found |= {int(child)} | descendants(int(child))
    return found


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give an environment with ports and a cluster of its own."""
    state = tmp_path_factory.mktemp("state")
    inherited = {
        name: value
        for name, value in unmeasured_environment().items()
        if not name.startswith(("DATABASE_", "DJANGO_", "SECRET_", "MAKE"))
    }
    ports = {variable(service, "PORT"): str(free_port()) for service in SERVICES}
    yield {**inherited, **ports, "KADE_STATE": str(state), "WEB_WORKERS": "1"}
    clean.remove_cluster(postgres.lasting_cluster(state))


@pytest.fixture
def run(variables: dict[str, str], tmp_path: Path) -> Iterator[Run]:
    """Start it in a group of its own, and end what is left of it afterwards."""
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "development.run"],
            cwd=ROOT,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Run(process, log)
    try:
        running.wait_until_up()
        yield running
    finally:
        process.kill()
        process.wait()


def _refusal_of_a_second(variables: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, "-m", "development.run"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    ).stderr


def test_it_answers_and_stops_at_ctrl_c(run, variables):
    family = descendants(run.process.pid)
    assert _refusal_of_a_second(variables) == (
        f"kade: This clone is in use by process {run.process.pid}: stop that one first"
        f" (kill {run.process.pid}), or use another clone.\n"
    )

    for name in ("CATALOG_PORT", "DATA_PORT"):
        with urllib.request.urlopen(f"http://localhost:{variables[name]}/") as page:
            assert page.status == 200
    run.process.send_signal(signal.SIGINT)
    run.process.wait(60)

    assert [pid for pid in family if processes.is_alive(pid)] == []


@pytest.mark.parametrize("name", CHILDREN)
def test_it_ends_when_one_of_its_programs_is_killed(run, name):
    family = descendants(run.process.pid)
    lines = {pid: processes.command_line(pid) for pid in sorted(family)}
    victim = next(pid for pid, line in lines.items() if re.search(CHILDREN[name], line))

    os.kill(victim, signal.SIGKILL)
    run.process.wait(60)

    assert f"kade: the {name} was ended by SIGKILL" in run.printed()
    assert wait_for(lambda: not any(map(processes.is_alive, family)))


@pytest.mark.parametrize("kill", [os.kill, os.killpg])
def test_it_leaves_nothing_when_it_is_killed_itself(run, kill):
    family = descendants(run.process.pid)

    kill(run.process.pid, signal.SIGKILL)

    assert wait_for(lambda: not any(map(processes.is_alive, family)))
