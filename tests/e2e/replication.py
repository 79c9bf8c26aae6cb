"""Two PostgreSQL servers: a primary that can be stopped, and a streaming replica."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from development import postgres
from development.binaries import find_account
from development.postgres import Cluster

_CAUGHT_UP_SECONDS = 30


@dataclass
class Pair:
    """The servers; `stop_primary` and `start_primary` work in turns."""

    primary: Cluster
    replica: Cluster
    _running: contextlib.ExitStack

    def url(self, database: str) -> str:
        """Name the primary and, after it, the replica."""
        hosts = (self.primary.sockets, self.replica.sockets)
        named = ",".join(f"{quote(str(h), safe='')}:{postgres.PORT}" for h in hosts)
        return f"postgresql://{database}@{named}/{database}"

    def start_primary(self) -> None:
        """Start it, from what it was."""
        self._running.enter_context(postgres.running(self.primary))

    def stop_primary(self) -> None:
        """End it and all connections to it."""
        self._running.close()

    def lose_primary(self) -> None:
        """End it as a crash does, for good; `stop_primary` is not needed then."""
        number = int(self.primary.mark.read_text("utf-8").split()[0])
        os.kill(number, postgres.IMMEDIATE)
        self._running.close()

    def ask_replica(self, question: str, database: str = "postgres") -> list[str]:
        """Give what it answers, a text for each row."""
        return _ask_all(self.replica, question, database)

    def create(self, database: str) -> None:
        """Make a role and its database, as compose/databases.sh does."""
        self.run(f"CREATE ROLE {database} LOGIN")
        self.run(f"CREATE DATABASE {database} OWNER {database}")

    def run(self, statement: str) -> None:
        """Run a statement on the primary."""
        with psycopg.connect(self.primary.url("postgres"), autocommit=True) as one:
            one.execute(statement)  # type: ignore[arg-type]

    @contextlib.contextmanager
    def patience_of_replica(self, patience: str) -> Iterator[None]:
        """Let it wait so long for readers that stand in the way of replaying."""
        setting = "max_standby_streaming_delay"
        with psycopg.connect(self.replica.url("postgres"), autocommit=True) as one:
            one.execute(f"ALTER SYSTEM SET {setting} = '{patience}'".encode())
            one.execute("SELECT pg_reload_conf()")
            try:
                yield
            finally:
                one.execute(f"ALTER SYSTEM RESET {setting}".encode())
                one.execute("SELECT pg_reload_conf()")

    def wait_until_equal(self) -> None:
        """Wait until the replica has all that the primary has written."""
        wanted = _ask(self.primary, "SELECT pg_current_wal_insert_lsn()")
        question = f"SELECT pg_last_wal_replay_lsn() >= '{wanted}'"
        until = time.monotonic() + _CAUGHT_UP_SECONDS
        while _ask(self.replica, question) != "True":
            assert time.monotonic() < until, "the replica does not follow"
            time.sleep(0.05)


@contextlib.contextmanager
def running_pair() -> Iterator[Pair]:
    """Keep both running until the end."""
    with (
        _cluster() as primary,
        _cluster("hot_standby_feedback=on") as replica,
        contextlib.ExitStack() as held,
    ):
        pair = Pair(primary, replica, held)
        pair.start_primary()
        _copy(primary, replica)
        with postgres.running(replica):
            yield pair


@contextlib.contextmanager
def _cluster(*settings: str) -> Iterator[Cluster]:
    account = find_account()
    folder = Path(tempfile.mkdtemp(prefix=postgres.PASSING, dir="/tmp"))
    account.own(folder)
    try:
        yield Cluster(folder, folder, account, (*postgres.QUICK, *settings))
    finally:
        shutil.rmtree(folder)


def _copy(primary: Cluster, replica: Cluster) -> None:
    account = replica.account
    done = subprocess.run(
        [
            str(primary.binaries / "pg_basebackup"),
            *("--host", str(primary.sockets), "--username", postgres.USER),
            *("--pgdata", str(replica.files), "--write-recovery-conf"),
            *("--checkpoint=fast", "--no-sync"),
        ],
        cwd=replica.home,
        user=account.uid if account.is_other else None,
        group=account.gid if account.is_other else None,
        extra_groups=[] if account.is_other else None,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _ask(cluster: Cluster, question: str) -> str:
    return _ask_all(cluster, question, "postgres")[0]


def _ask_all(cluster: Cluster, question: str, database: str) -> list[str]:
    with psycopg.connect(cluster.url(database), autocommit=True) as connection:
        rows = connection.execute(question).fetchall()  # type: ignore[arg-type]
    return [str(row[0]) for row in rows]
