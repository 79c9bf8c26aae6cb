"""How fast an import is, beside the limit: `\\copy` and the same indexes by psql.

Both in turn, on a PostgreSQL of their own, each in a database of its own. The limit
has the columns that a served table has: the typed columns of the file, the row's
number, and the point as GeoJSON, as EWKT and as PostgreSQL's own. It checks nothing.
"""

import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from development import postgres, services
from development.bench import made_up
from development.binaries import find_account, find_binaries
from development.databases import ensure_database
from development.errors import DevelopmentError

SERVER = ("shared_buffers=1GB", "max_wal_size=8GB")
# As an import has it, so that both make their indexes with the same means.
SESSION = "-c maintenance_work_mem=256MB -c jit=off -c TimeZone=UTC"
_COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND attname !~ '^(_|geometry)'
"""
_INDEXES = "SELECT replace(pg_get_indexdef(indexrelid), %s, 'limits.served')"
_INDEXES += " FROM pg_index WHERE indrelid = %s::regclass ORDER BY indexrelid"
# What reads text as JSON, or writes a number, counts as no constant to PostgreSQL.
_FUNCTIONS = """
    CREATE SCHEMA limits;
    CREATE FUNCTION limits.json(text) RETURNS json LANGUAGE sql IMMUTABLE
        RETURN $1::json;
    CREATE FUNCTION limits.text(numeric) RETURNS text LANGUAGE sql IMMUTABLE
        RETURN $1::text;
"""
_ORDINAL = "_ordinal bigint GENERATED ALWAYS AS IDENTITY"
_POINT = """
    lon numeric, lat numeric,
    geometry json GENERATED ALWAYS AS (limits.json('{"type":"Point","coordinates":['
        || limits.text(lon) || ',' || limits.text(lat) || ']}')) STORED,
    geometry__ewkt text GENERATED ALWAYS AS ('SRID=4326;POINT ('
        || limits.text(lon) || ' ' || limits.text(lat) || ')') STORED,
    geometry__point point GENERATED ALWAYS AS (
        point(lon::double precision, lat::double precision)) STORED
"""


def measure(rows: int, runs: int) -> None:
    """Import and copy a made-up file in turn, and print the times and their ratio."""
    with _folder() as folder, _server(folder) as server:
        file = folder / "rows.csv"
        with file.open("w", encoding="utf-8", newline="") as target:
            made_up.write_rows(target, rows)
        pairs = []
        for run in range(1, runs + 1):
            url = server.cluster.url(f"run{run}")
            environment = _prepare(url)
            own = _spent(server, partial(_import, file, environment))
            limit = _spent(server, partial(_copy, file, url))
            pairs.append((own, limit))
            print(f"import: {own}; limit: {limit}", flush=True)
            _drop(server.cluster.url("postgres"), f"run{run}")
    clock = statistics.median(limit.clock / own.clock for own, limit in pairs)
    worked = statistics.median(limit.worked / own.worked for own, limit in pairs)
    print(f"ratio, median: {clock:.2f} by the clock, {worked:.2f} of processor time")


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and seconds that processors worked, the server's too.

    The second hardly depends on what else the machine does.
    """

    clock: float
    worked: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} s, {self.worked:.1f} s of processor time"


def _spent(server: postgres.Server, work: Callable[[], float]) -> Spent:
    before = _worked(server)
    clock = work()
    time.sleep(1)  # until the server has noticed that its processes ended
    return Spent(clock, _worked(server) - before)


def _worked(server: postgres.Server) -> float:
    """Give the processor time of our children and of the server's that have ended."""
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    stat = Path(f"/proc/{server.process.pid}/stat").read_text("utf-8")
    fields = stat.rpartition(")")[2].split()
    ticks = int(fields[13]) + int(fields[14])  # proc(5): cutime and cstime
    return own.ru_utime + own.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kade-bench-") as name:
        yield Path(name)


@contextmanager
def _server(folder: Path) -> Iterator[postgres.Server]:
    """Keep a server running as one in production is: what is written is kept."""
    folder.chmod(0o711)  # the account of the server has to reach its own below it
    cluster = postgres.Cluster(
        folder / "postgres", folder / "sockets", find_account(), SERVER
    )
    with postgres.running(cluster) as server:
        yield server


def _prepare(url: str) -> dict[str, str]:
    """Make a database; give the environment of a service with it."""
    ensure_database(url, "the bench")
    environment = services.variables("data_service", url) | {"LOG_LEVEL": "error"}
    services.SCRATCH.mkdir(parents=True, exist_ok=True)
    _run(services.command("data_service", "migrate", "--verbosity=0"), environment)
    return environment


def _import(file: Path, environment: dict[str, str]) -> float:
    """Give the seconds until the rows of a file are served."""
    publish = ("publish", str(file), "--dataset=bench", "--quiet")
    return _run(services.command("data_service", *publish), environment)


def _copy(file: Path, url: str) -> float:
    """Give the seconds of the same by psql, in one transaction as an import is."""
    with psycopg.connect(url) as connection:
        connection.execute(_FUNCTIONS)
        table = _served(connection)
        columns = connection.execute(_COLUMNS, (table,)).fetchall()
        indexes = connection.execute(_INDEXES, (table, table)).fetchall()
    definitions = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    names = ", ".join(f'"{name}"' for name, _ in columns)
    statements = [
        f"CREATE TABLE limits.served ({_ORDINAL}, {definitions}, {_POINT})",
        f"\\copy limits.served ({names}, lon, lat) from '{file}' csv header",
        *(definition for (definition,) in indexes),
        "ANALYZE limits.served",
    ]
    command = [str(find_binaries() / "psql"), url, "-qX1", "-v"]
    command += ["ON_ERROR_STOP=1", *(f"-c{statement}" for statement in statements)]
    return _run(command, {**os.environ, "PGOPTIONS": SESSION})


def _served(connection: psycopg.Connection) -> str:
    found = connection.execute(
        "SELECT 'rows.t' || max(id) FROM data_service_physicaltable"
    ).fetchone()
    return str(found[0]) if found else ""


def _run(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    outcome = subprocess.run(
        command, env=environment, check=False, capture_output=True, text=True
    )
    if outcome.returncode:
        lines = outcome.stderr.strip().splitlines() or ["it does not say why"]
        raise DevelopmentError(f"{Path(command[0]).name} failed: {lines[-1]}")
    return time.perf_counter() - began


def _drop(url: str, name: str) -> None:
    """Make room: a run takes three times the file."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
