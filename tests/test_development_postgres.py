"""A cluster starts under any path, and comes back from anything."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from development import postgres, processes
from development.errors import DevelopmentError
from development.places import ROOT

HOLDER = """
import sys, time
from pathlib import Path
from development import postgres
with postgres.running(postgres.lasting_cluster(Path(sys.argv[1]))) as server:
    print(server.process.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def state(tmp_path: Path):
    """Give a folder with a space in a path of 150 characters and more."""
    folder = tmp_path / "a folder" / ("long" * 30)
    folder.mkdir(parents=True)
    assert len(str(folder)) > 150
    yield folder
    cluster = postgres.lasting_cluster(folder)
    postgres.end_orphan(cluster)
    shutil.rmtree(cluster.home)
    shutil.rmtree(cluster.sockets)


def _hold(state: Path) -> tuple[subprocess.Popen[str], int]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(state)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    return holder, int(holder.stdout.readline())


def _start(cluster: postgres.Cluster) -> None:
    with postgres.running(cluster):
        pass


def _end(holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.communicate()


def _wait_for_end(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while processes.is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes.is_alive(pid)


def test_it_keeps_rows_over_a_restart(state):
    cluster = postgres.lasting_cluster(state)
    with postgres.running(cluster), psycopg.connect(cluster.url("postgres")) as one:
        one.execute("CREATE TABLE kept AS SELECT 1 AS number")

    with postgres.running(cluster), psycopg.connect(cluster.url("postgres")) as two:
        assert two.execute("SELECT number FROM kept").fetchone() == (1,)

    assert not postgres.is_running(cluster)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends it on Linux only")
def test_it_ends_when_its_holder_is_killed(state):
    holder, server = _hold(state)

    _end(holder)

    assert _wait_for_end(server)


def test_it_ends_an_orphan_and_starts(state, monkeypatch):
    monkeypatch.setattr(postgres, "STOP_SECONDS", 0.2)
    holder, server = _hold(state)
    holder.send_signal(signal.SIGSTOP)  # alive, but it will not tidy up
    os.kill(server, signal.SIGSTOP)  # nor will the server
    _end(holder)
    cluster = postgres.lasting_cluster(state)

    with postgres.running(cluster), psycopg.connect(cluster.url("postgres")) as ours:
        assert ours.execute("SELECT 1").fetchone() == (1,)

    assert not processes.is_alive(server)


def test_it_starts_after_the_server_was_killed(state):
    holder, server = _hold(state)
    os.kill(server, signal.SIGKILL)
    _end(holder)
    cluster = postgres.lasting_cluster(state)

    with postgres.running(cluster), psycopg.connect(cluster.url("postgres")) as ours:
        assert ours.execute("SELECT 1").fetchone() == (1,)


def test_it_starts_when_the_mark_names_another_process(state):
    cluster = postgres.lasting_cluster(state)
    _start(cluster)
    cluster.mark.write_text(f"{os.getpid()}\n{cluster.files}\n", "utf-8")
    shutil.chown(cluster.mark, cluster.account.uid, cluster.account.gid)

    with postgres.running(cluster) as server:
        assert server.process.poll() is None


def test_it_refuses_to_share_a_cluster(state):
    holder, _server = _hold(state)

    with pytest.raises(DevelopmentError, match=f"in use by process {holder.pid}"):
        _start(postgres.lasting_cluster(state))

    _end(holder)


def test_it_says_why_it_does_not_start(state):
    cluster = postgres.lasting_cluster(state)
    _start(cluster)
    (cluster.files / "postgresql.conf").write_text("no_such_setting = 1\n", "utf-8")

    with pytest.raises(DevelopmentError, match=r"does not start: .*configuration file"):
        _start(cluster)


def test_it_refuses_a_folder_that_others_can_read(state):
    cluster = postgres.lasting_cluster(state)
    cluster.sockets.mkdir(mode=0o755)
    cluster.sockets.chmod(0o755)

    with pytest.raises(DevelopmentError, match="open to others: remove it"):
        _start(cluster)

    cluster.home.mkdir(exist_ok=True)
