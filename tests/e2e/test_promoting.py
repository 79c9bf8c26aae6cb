"""A replica becomes the primary by one command: never a second one, no number twice."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shared.testing.programs import unmeasured_environment

from .promoting import Swarm
from .replication import running_pair
from .stack import ROOT

_SERVICES = ("catalog_service", "data_service")
_NEXT = """By hand, at once:
- the old primary, on node-1, must never run again as it is: switch the node off if
  the Swarm does not reach it, and  docker node update --label-rm kade.database node-1
- the replica on node-3 follows nobody, serves what is old and refuses writing:
  docker node update --label-rm kade.replica node-3
"""


@pytest.fixture
def swarm(tmp_path: Path) -> Iterator[Swarm]:
    """Run a primary and a replica that number what is added."""
    with running_pair() as pair:
        for service in _SERVICES:
            pair.create(service)
            with psycopg.connect(pair.primary.url(service)) as connection:
                connection.execute(
                    "CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY)"
                )
        yield Swarm.standing_for(pair, tmp_path)


def test_it_makes_a_replica_the_primary(swarm: Swarm) -> None:
    _add(swarm)
    swarm.pair.wait_until_equal()
    swarm.pair.lose_primary()

    done = swarm.run("promote")

    assert done.returncode == 0, done.stderr
    assert "The replica on node-2 is the primary of acceptance" in done.stdout
    assert "starts kade-acceptance-database_postgres no more" in done.stdout
    assert _NEXT in done.stdout
    assert swarm.calls("service scale") == 1
    assert min(_add(swarm, promoted=True)) > 100_000


def test_it_changes_little_when_it_is_run_again(swarm: Swarm) -> None:
    swarm.pair.lose_primary()
    swarm.run("promote")

    planned = swarm.run("promote", "--dry-run")
    done = swarm.run("promote")

    assert "it would skip numbers again" in planned.stdout
    assert done.returncode == 0, done.stderr
    assert "The replica on node-2 is the primary of acceptance" in done.stdout
    assert min(_add(swarm, promoted=True)) > 200_000


def test_it_refuses_while_the_primary_answers(swarm: Swarm) -> None:
    refused = swarm.run("promote")

    assert refused.returncode == 1
    assert "promote: the primary answers, and there would be two" in refused.stderr
    assert swarm.calls("service scale") == 0
    assert _is_replica(swarm)
    assert _add(swarm) == [1, 1]


def test_it_stops_the_primary_first_when_it_is_told(swarm: Swarm) -> None:
    _add(swarm)

    done = swarm.run("promote", "--stop-primary")

    assert done.returncode == 0, done.stderr
    assert not swarm.pair.primary.mark.exists()
    # Nothing is lost, and no number either.
    assert swarm.pair.ask_replica("SELECT id FROM thing", "data_service") == ["1"]
    assert min(_add(swarm, promoted=True)) > 100_000


def test_it_says_when_the_primary_cannot_be_stopped(
    swarm: Swarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATIENCE_SECONDS", "0")
    swarm.fail_once("pg_isready")  # it cannot be asked: that is no no

    refused = swarm.run("promote", "--stop-primary")

    assert refused.returncode == 1
    assert "the primary answers after 0 seconds still" in refused.stderr
    assert _is_replica(swarm)


def test_it_lets_nobody_write_before_the_numbers_are_skipped(swarm: Swarm) -> None:
    swarm.pair.lose_primary()
    swarm.fail_once("psql --username postgres --dbname data_service")

    failed = swarm.run("promote")

    assert failed.returncode == 1
    assert not _is_replica(swarm)
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        _add(swarm, promoted=True)
    assert swarm.run("promote").returncode == 0
    assert min(_add(swarm, promoted=True)) > 100_000


def test_it_only_says_what_it_would_do(swarm: Swarm) -> None:
    swarm.pair.lose_primary()

    done = swarm.run("promote", "--dry-run")

    assert done.returncode == 0, done.stderr
    assert "It has received up to 0/" in done.stdout
    assert "on node-2 would become the primary of acceptance" in done.stdout
    assert _NEXT in done.stdout
    assert swarm.calls("service scale") == 0
    assert _is_replica(swarm)


@pytest.mark.parametrize("words", [("--force",), ("production",)])
def test_it_refuses_what_it_does_not_know(swarm: Swarm, words: list[str]) -> None:
    refused = swarm.run("promote", *words)

    assert refused.returncode == 1
    assert "unknown: use --stop-primary or --dry-run" in refused.stderr


def test_it_is_backed_up_as_a_primary(swarm: Swarm, tmp_path: Path) -> None:
    refused = swarm.run("backup", str(tmp_path / "one"))
    swarm.pair.lose_primary()
    swarm.run("promote")

    done = swarm.run("backup", str(tmp_path / "one"))

    assert refused.returncode == 1
    assert "no primary of PostgreSQL of acceptance runs on this node" in refused.stderr
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "one" / "data_service.dump").exists()


def test_it_prepares_no_second_primary(swarm: Swarm) -> None:
    prepared = swarm.run("prepare")
    swarm.run("promote", "--stop-primary")

    refused = swarm.run("prepare")

    assert prepared.returncode == 0, prepared.stderr
    # It waits for the primary alone: Docker waits for ever for replicas without a node.
    assert swarm.calls("stack deploy --detach=true") == 1
    assert swarm.calls("service scale --detach=false kade-acceptance-database_") == 1
    assert refused.returncode == 1
    assert "database_postgres is stopped since a promotion" in refused.stderr
    assert swarm.calls("stack deploy") == 1


@pytest.mark.parametrize(
    ("files", "primary", "code"),
    [
        ("of a primary", "answers", 1),
        ("of a primary", "recovers", 1),
        ("of a primary", "is away", 0),
        ("of a replica", "answers", 0),
    ],
)
def test_it_starts_what_was_promoted_never_beside_another(
    tmp_path: Path, files: str, primary: str, code: int
) -> None:
    answer = ("answers", "recovers", "is away").index(primary)
    (tmp_path / "PG_VERSION").write_text("18\n")
    (tmp_path / "password").write_text("made-up")
    if files == "of a replica":
        (tmp_path / "standby.signal").touch()
    for program, line in (
        ("pg_isready", f"exit {answer}"),
        ("postgres", "echo started"),
    ):
        (tmp_path / program).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / program).chmod(0o755)

    done = subprocess.run(
        [str(ROOT / ".swarm" / "replica")],
        env=unmeasured_environment()
        | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
        | {"PGDATA": str(tmp_path)}
        | {"REPLICATION_PASSWORD_FILE": str(tmp_path / "password")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == code
    assert ("started" in done.stdout) is (code == 0)
    assert ("another one answers: remove the volume" in done.stderr) is (code == 1)


def test_it_tells_nothing_to_do_when_all_is_done(swarm: Swarm) -> None:
    swarm.pair.lose_primary()
    swarm.unlabel()

    done = swarm.run("promote")

    assert done.returncode == 0, done.stderr
    assert "By hand" not in done.stdout
    assert "Later: give it replicas again" in done.stdout


def _add(swarm: Swarm, *, promoted: bool = False) -> list[int]:
    """Add a thing to the database of each service; give their numbers."""
    cluster = swarm.pair.replica if promoted else swarm.pair.primary
    numbers = []
    for service in _SERVICES:
        with psycopg.connect(cluster.url(service)) as connection:
            added = "INSERT INTO thing DEFAULT VALUES RETURNING id"
            numbers += [number for (number,) in connection.execute(added)]
    return numbers


def _is_replica(swarm: Swarm) -> bool:
    return swarm.pair.ask_replica("SELECT pg_is_in_recovery()") == ["True"]
