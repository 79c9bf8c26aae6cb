"""A backup, the end of both databases, a restore: the same bytes as before.

The scripts reach PostgreSQL by `docker exec`; here, what stands for Docker runs
the same programs on a cluster of the tests.
"""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import httpx
import psycopg
import pytest

from development.postgres import Cluster

from .replication import Pair
from .stack import ROOT, Stack

_DOCKER = """#!/usr/bin/env bash
case $1 in
ps) echo the-primary ;;
exec) [ "$2 $3" = "--interactive the-primary" ] && shift 3 && exec "$@" ;;
esac
"""
_DATA = (
    *("/v1", "/v1/quayTrees/openapi.json", "/v1/quayTrees/trees?_count=true"),
    *("/v1/quayTrees/trees?_format=csv", "/v1/quayTrees/trees?_format=geojson"),
    *("/v1/quayTrees/trees/7", "/v1/quayTrees/trees?name[like]=Oak*&_sort=-height"),
    *("/v1/quayTrees/_downloads", "/v1/quayTrees/_downloads/trees.xlsx"),
    *("/v1/quayTrees/_downloads/trees.parquet", "/datasets/quayTrees"),
)
_PATIENCE = 60


@pytest.fixture
def swarm(pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the scripts find the primary; give a folder for backups."""
    docker = tmp_path / "docker"
    docker.write_text(_DOCKER, "utf-8")
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{pair.primary.binaries}", prepend=":")
    monkeypatch.setenv("PGHOST", str(pair.primary.sockets))
    with psycopg.connect(pair.primary.url("postgres"), autocommit=True) as connection:
        role = "SELECT 1 FROM pg_roles WHERE rolname = 'postgres'"
        if connection.execute(role).fetchone() is None:
            connection.execute("CREATE ROLE postgres LOGIN SUPERUSER")
    return tmp_path / "backups"


def test_it_gives_the_same_bytes_after_a_restore(
    pair: Pair, stack: Stack, swarm: Path
) -> None:
    _wait_for_downloads(stack)
    before = _answers(stack)
    _run("backup", "acceptance", str(swarm / "one"))

    for database in ("data_service", "catalog_service"):
        pair.run(f"DROP DATABASE {database} WITH (FORCE)")
    pair.wait_until_equal()
    assert _status(stack.houses.data + "/v1") == 503
    _run("restore", "acceptance", str(swarm / "one"))
    pair.wait_until_equal()

    assert _answers(stack) == before
    _publish_again(stack)


def test_it_gives_out_no_number_twice(pair: Pair, stack: Stack, swarm: Path) -> None:
    _run("backup", "acceptance", str(swarm / "one"))
    _run("restore", "acceptance", str(swarm / "one"), "--replace")
    pair.wait_until_equal()
    lost = _publish_again(stack)

    _run("restore", "acceptance", str(swarm / "one"), "--replace")
    pair.wait_until_equal()

    assert _publish_again(stack) > lost


def test_it_puts_nothing_in_the_place_of_something_unasked(
    pair: Pair, stack: Stack, swarm: Path
) -> None:
    _run("backup", "acceptance", str(swarm / "two"))
    _run("restore", "acceptance", str(swarm / "two"), "--dry-run")

    refused = _try("restore", "acceptance", str(swarm / "two"))
    _run("restore", "acceptance", str(swarm / "two"), "--replace")

    assert refused.returncode == 1
    assert "catalog_service holds something" in refused.stderr
    assert not [name for name in _databases(pair.primary) if "restoring" in name]


def test_it_restores_no_damaged_backup(pair: Pair, stack: Stack, swarm: Path) -> None:
    _run("backup", "acceptance", str(swarm / "three"))
    dump = swarm / "three" / "data_service.dump"
    dump.write_bytes(dump.read_bytes()[:-1])

    refused = _try("restore", "acceptance", str(swarm / "three"), "--replace")

    assert refused.returncode == 1
    assert "is not what was backed up" in refused.stderr


def test_it_writes_over_no_backup(pair: Pair, stack: Stack, swarm: Path) -> None:
    swarm.mkdir()

    refused = _try("backup", "acceptance", str(swarm))

    assert refused.returncode == 1
    assert "is there already" in refused.stderr


def _try(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / ".swarm" / script), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )


def _run(script: str, *words: str) -> None:
    done = _try(script, *words)
    assert done.returncode == 0, done.stderr


def _answers(stack: Stack) -> dict[str, bytes]:
    """Give what is served: every dataset and every document, as they are sent."""
    urls = [f"{stack.houses.data}{path}" for path in _DATA]
    listed = _get(f"{stack.houses.catalog}/v1/apis?pageSize=100").json()["items"]
    for api in listed:
        place = f"{stack.houses.catalog}/v1/apis/{api['id']}"
        versions = _get(f"{place}/versions").json()["items"]
        urls += [f"{place}/versions/{v['number']}/openapi.json" for v in versions]
    assert len(urls) > len(_DATA)
    # A page says how long ago the rows came: that is another answer a minute later.
    return {url: re.sub(rb"\([^()]+ ago\)", b"", _get(url).content) for url in urls}


def _get(url: str) -> httpx.Response:
    """Ask until the service has found its database again."""
    until = time.monotonic() + _PATIENCE
    while (answer := httpx.get(url, timeout=20)).status_code != 200:
        assert time.monotonic() < until, f"{url}: {answer.text}"
        time.sleep(0.2)
    return answer


def _status(url: str) -> int:
    return httpx.get(url, timeout=20).status_code


def _wait_for_downloads(stack: Stack) -> None:
    for kind in ("parquet", "xlsx", "gpkg"):
        _get(f"{stack.houses.data}/v1/quayTrees/_downloads/trees.{kind}")


def _publish_again(stack: Stack) -> int:
    """Publish a file; give the number of its snapshot, which nobody has seen before."""
    trees = str(stack.folder / "trees.csv")
    stack.manage("data_service", "publish", trees, "--dataset", "quayTrees")
    shown = stack.manage("data_service", "snapshots", "quayTrees")
    number = max(map(int, re.findall(r"\d{6,}", shown)), default=0)
    assert number > 100_000, shown
    return number


def _databases(cluster: Cluster) -> list[str]:
    with psycopg.connect(cluster.url("postgres")) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return [str(name) for (name,) in rows]
