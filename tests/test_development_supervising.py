"""Programs end together, and none is left."""

import os
import signal
import subprocess
import sys
import time

import pytest

from development import processes, supervising
from development.places import ROOT

SLEEPER = (
    sys.executable,
    "-c",
    "import time; print('up', flush=True); time.sleep(600)",
)
HOLDER = """
import sys, time
from pathlib import Path
from development.supervising import Program, start
command = [sys.executable, "-c", "import time; time.sleep(600)"]
children = start([Program("one", command, {})], Path(sys.argv[1]))
print(children[0].process.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def ledger(tmp_path):
    return tmp_path / "processes"


def _program(name, *command):
    return supervising.Program(name, command, dict(os.environ))


def _wait(condition):
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_it_stops_every_program(ledger):
    children = supervising.start([_program(n, *SLEEPER) for n in "ab"], ledger)

    supervising.stop(children, ledger)

    assert [processes.is_alive(child.process.pid) for child in children] == [False] * 2
    assert not ledger.exists()


def test_it_ends_what_does_not_listen(ledger, monkeypatch):
    monkeypatch.setattr(supervising, "STOP_SECONDS", 0.2)
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)"
    )
    program = _program("deaf", sys.executable, "-c", f"{deaf}; time.sleep(600)")
    [child] = supervising.start([program], ledger)
    assert _wait(lambda: child.last_lines)

    supervising.stop([child], ledger)

    assert child.process.returncode == -signal.SIGKILL


def test_it_tells_which_program_ended_and_how(ledger, capsys):
    failing = _program("failing", sys.executable, "-c", "print('oh'); exit(3)")
    children = supervising.start([failing, _program("well", *SLEEPER)], ledger)

    assert _wait(lambda: supervising.first_ended(children))
    ended = supervising.first_ended(children)
    supervising.stop(children, ledger)

    assert (ended.name, ended.how_it_ended()) == ("failing", "ended with code 3")
    assert list(ended.last_lines) == ["oh"]
    assert "failing | oh" in capsys.readouterr().out


def test_it_names_the_signal_that_ended_a_program(ledger):
    [child] = supervising.start([_program("a", *SLEEPER)], ledger)

    child.process.kill()
    supervising.stop([child], ledger)

    assert child.how_it_ended() == "was ended by SIGKILL"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends it on Linux only")
def test_it_leaves_no_program_when_it_is_killed(ledger):
    command = [sys.executable, "-c", HOLDER, str(ledger)]
    holder = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = int(holder.stdout.readline())

    holder.kill()
    holder.communicate()

    assert _wait(lambda: not processes.is_alive(pid))


def test_it_ends_what_an_earlier_run_left(ledger, monkeypatch):
    monkeypatch.setattr(supervising, "PYTHON", sys.executable)
    left = subprocess.Popen(SLEEPER, stdout=subprocess.PIPE)
    assert left.stdout.readline() == b"up\n"
    ledger.write_text(f"{left.pid}\n{os.getppid() + 10**6}\n", "utf-8")

    supervising.end_leftovers(ledger)

    left.communicate(timeout=5)
    assert left.returncode == -signal.SIGTERM
    assert not ledger.exists()


def test_it_leaves_a_stranger_with_the_same_id_alone(ledger):
    stranger = subprocess.Popen(["sleep", "600"])
    ledger.write_text(f"{stranger.pid}\n", "utf-8")

    supervising.end_leftovers(ledger)

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
