"""Passwords and keys change while the services run: none of them is ever locked out.

What stands for Docker keeps secrets and services in folders, refuses what a Swarm
refuses, and lets a service log in with what it has been given after each change.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from development.postgres import Cluster
from shared.testing.programs import unmeasured_environment

from .replication import Pair, running_pair
from .stack import ROOT

_SERVICES = ("catalog_service", "data_service")
_KINDS = ("database-url", "rows-database-url", "secret-key")
_PASSWORDS_ASKED = "local all /^(data|catalog)_service scram-sha-256\n"


@dataclass
class Swarm:
    """The secrets, who has which, and the primary behind them."""

    folder: Path
    primary: Cluster

    def secrets(self) -> dict[str, str]:
        """Give each secret by its name."""
        return {p.name: p.read_text() for p in (self.folder / "secrets").iterdir()}

    def held(self) -> dict[str, list[str]]:
        """Give the names of the secrets that each service has."""
        services = (self.folder / "services").iterdir()
        return {path.name: sorted(path.read_text().split()) for path in services}

    def logins(self) -> list[str]:
        """Give who logged in after each change."""
        return (self.folder / "logins").read_text().split()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the script on the environment acceptance."""
        return subprocess.run(
            [str(ROOT / ".swarm" / "rotate"), "acceptance", *words],
            env=unmeasured_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def guarded() -> Iterator[Pair]:
    """Run a primary and a replica that ask the services for passwords."""
    with running_pair() as pair:
        for service in _SERVICES:
            pair.create(service)
            pair.run(f"ALTER ROLE {service} PASSWORD 'first'")
        pair.run("CREATE ROLE postgres LOGIN SUPERUSER")
        access = pair.primary.files / "pg_hba.conf"
        access.write_text(_PASSWORDS_ASKED + access.read_text())
        pair.run("SELECT pg_reload_conf()")
        yield pair


@pytest.fixture
def swarm(guarded: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Swarm:
    """Put a Swarm with two services and their secrets in the place of Docker."""
    for name in ("secrets", "services"):
        (tmp_path / name).mkdir()
    for service in _SERVICES:
        guarded.run(f"ALTER ROLE {service} PASSWORD 'first'")
        names = [f"kade-acceptance-{service}-{kind}" for kind in _KINDS]
        for name in names:
            url = f"postgresql://{service}:first@postgres:5432/{service}"
            (tmp_path / "secrets" / name).write_text(url)
        (tmp_path / "services" / f"kade-acceptance_{service}").write_text(
            "\n".join(names)
        )
    docker = tmp_path / "docker"
    standing = Path(__file__).with_name("standing_docker.py")
    docker.write_text(f'#!/bin/sh\nexec {sys.executable} {standing} "$@"\n')
    docker.chmod(0o755)
    monkeypatch.setenv("STANDING", str(tmp_path))
    monkeypatch.setenv("PGHOST", str(guarded.primary.sockets))
    monkeypatch.setenv("PATH", f"{tmp_path}:{guarded.primary.binaries}", prepend=":")
    return Swarm(tmp_path, guarded.primary)


def test_it_changes_a_password_that_is_right_at_every_moment(swarm: Swarm) -> None:
    before, held = swarm.secrets(), swarm.held()

    done = swarm.run("password", "data_service")

    assert done.returncode == 0, done.stderr
    after = swarm.secrets()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "kade-acceptance-data_service-database-url",
        "kade-acceptance-data_service-rows-database-url",
    }
    # Under the names that the stack files know, and nothing is left over.
    assert after.keys() == before.keys()
    assert swarm.held() == held
    # With both URLs, by the passing role and by its own; it is the same to PostgreSQL.
    assert swarm.logins() == ["data_service"] * 4
    assert _roles(swarm.primary) == {*_SERVICES}
    with pytest.raises(psycopg.OperationalError, match="password authentication"):
        _log_in(swarm.primary, "data_service", "first")


def test_it_begins_anew_after_a_failure(swarm: Swarm) -> None:
    before, held = swarm.secrets().keys(), swarm.held()
    (swarm.folder / "fail").write_text("2 service update")

    failed = swarm.run("password", "data_service")
    stood = swarm.held()
    done = swarm.run("password", "data_service")

    assert failed.returncode == 1
    assert "kade-acceptance_data_service was not updated" in failed.stderr
    assert stood != held
    assert done.returncode == 0, done.stderr
    assert (swarm.secrets().keys(), swarm.held()) == (before, held)
    assert set(swarm.logins()) == {"data_service"}
    assert _roles(swarm.primary) == {*_SERVICES}


@pytest.mark.parametrize("command", ["stack services", "service inspect"])
def test_it_changes_nothing_for_a_swarm_that_does_not_tell(
    swarm: Swarm, command: str
) -> None:
    held = swarm.held()
    (swarm.folder / "fail").write_text(f"1 {command}")

    failed = swarm.run("password", "data_service")

    assert failed.returncode == 1
    assert swarm.held() == held
    _log_in(swarm.primary, "data_service", "first")
    assert swarm.run("password", "data_service").returncode == 0


def test_it_changes_the_key_of_every_service(swarm: Swarm) -> None:
    before, held = swarm.secrets(), swarm.held()

    done = swarm.run("secret-key")

    assert done.returncode == 0, done.stderr
    after = swarm.secrets()
    keys = {f"kade-acceptance-{service}-secret-key" for service in _SERVICES}
    assert {name for name in before if before[name] != after[name]} == keys
    assert all(len(after[name]) >= 32 for name in keys)
    assert (after.keys(), swarm.held()) == (before.keys(), held)


def test_it_only_says_what_it_would_do(swarm: Swarm) -> None:
    before = swarm.secrets()

    done = swarm.run("password", "--dry-run")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"kade-acceptance_{service} would get a new {kind}"
        for service in _SERVICES
        for kind in _KINDS[:2]
    ]
    assert swarm.secrets() == before


@pytest.mark.parametrize("words", [("token",), ("password", "parks"), ()])
def test_it_refuses_what_it_does_not_know(swarm: Swarm, words: list[str]) -> None:
    done = swarm.run(*words)

    assert done.returncode == 1
    assert "unknown: use" in done.stderr


def _roles(cluster: Cluster) -> set[str]:
    asked = "SELECT rolname FROM pg_roles WHERE rolname LIKE '%\\_service%'"
    with psycopg.connect(cluster.url("postgres")) as connection:
        return {str(name) for (name,) in connection.execute(asked)}


def _log_in(cluster: Cluster, role: str, password: str) -> None:
    host = str(cluster.sockets)
    psycopg.connect(host=host, user=role, password=password, dbname=role).close()
