"""An import that is killed, at any moment: nobody notices, nothing stays behind.

KADE_KILL_ROUNDS sets how often; the rounds of the suite are few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from data_service.importing.publishing import Publication, publish
from data_service.models import Import, PhysicalTable, SnapshotTable
from shared.testing.programs import unmeasured_environment

ROUNDS = int(os.environ.get("KADE_KILL_ROUNDS", "6"))
ROWS = 20_000
MANAGE = Path(__file__).parents[3] / "manage.py"


def write_version(folder: Path, version: int) -> Path:
    """Write a file whose rows all have the number of its version.

    Every other one is in order, so that both ways of filling a table are killed.
    """
    path = folder / "trees.csv"
    order = list(range(ROWS))
    if version % 2:
        random.Random(version).shuffle(order)  # noqa: S311
    rows = "".join(f"{n},{version},{n % 90}.5,52.5,note\n" for n in order)
    path.write_text(f"id,version,lon,lat,note\n{rows}")
    return path


def start_import(path: Path) -> subprocess.Popen[bytes]:
    """Start publishing in a process of its own; it has opened the file on return."""
    parameters = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    query = urlencode({n: parameters[n] for n in names if parameters.get(n)})
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, str(MANAGE), "publish", str(path)],
        env={
            **unmeasured_environment(),
            "DATABASE_URL": f"postgresql://?{query}",
            "DEBUG": "true",
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"Read as"), process.communicate()
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def fetch(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def served_versions() -> list[tuple[object, ...]]:
    """Give the versions that the served rows have, and how many rows."""
    link = SnapshotTable.objects.get(
        snapshot__in=fetch("SELECT current_id FROM data_service_datasetversion")[0]
    )
    name = link.physical.name
    return fetch(f"SELECT version, count(*) FROM rows.{name} GROUP BY 1")  # noqa: S608


def locks() -> list[tuple[object, ...]]:
    return fetch(
        "SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database "
        "WHERE locktype = 'advisory' AND d.datname = current_database()"
    )


def wait_until_free(seconds: float = 1.0) -> bool:
    deadline = time.monotonic() + seconds
    while locks() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not locks()


def remains() -> list[str]:
    """Name what no snapshot refers to, and imports that seem to run."""
    known = {name for table in PhysicalTable.objects.all() for name in both(table)}
    found = [
        str(name)
        for (name,) in fetch(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND "
            "(relnamespace = to_regnamespace('rows') OR relname LIKE 'kade%')"
        )
    ]
    loose = PhysicalTable.objects.filter(
        snapshottable__isnull=True, unused_since__isnull=True
    )
    running = Import.objects.filter(state=Import.State.RUNNING)
    return [n for n in found if n not in known] + list(map(str, [*loose, *running]))


def both(table: PhysicalTable) -> tuple[str, str]:
    return table.name, table.json_name


def time_of_import(folder: Path, version: int) -> float:
    """Measure how long an import takes once it has opened its file."""
    process = start_import(write_version(folder, version))
    began = time.monotonic()
    process.communicate()
    assert process.returncode == 0
    return time.monotonic() - began


@pytest.mark.slow
def test_it_survives_being_killed(clean_rows: None, tmp_path: Path) -> None:
    duration = time_of_import(tmp_path, 1)
    generator = random.Random()  # noqa: S311

    for version in range(2, ROUNDS + 2):
        before = served_versions()
        process = start_import(write_version(tmp_path, version))
        time.sleep(generator.uniform(0, duration))
        kill(process)

        assert wait_until_free()
        assert served_versions() in (before, [(version, ROWS)])

    publish(Publication(path=write_version(tmp_path, 0)))
    assert served_versions() == [(0, ROWS)]
    assert remains() == []
