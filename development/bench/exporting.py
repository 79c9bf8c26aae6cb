"""How fast whole tables are exported, beside the limit: `COPY` of the same by psql.

The service runs already, as it ships. This is run with its environment, and asks its
database what the service asks it, in turn with the service itself.
"""

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any
from urllib.request import urlopen

import django

from development.bench.importing import SESSION, Spent
from development.bench.reading import ROWS, Server, cpu_seconds
from development.binaries import find_binaries
from development.errors import DevelopmentError

_FORMATS = ("csv", "ndjson", "geojson")
_PIECE = 1 << 20


def measure(web: Server, database: int, runs: int) -> None:
    """Export and copy in turn, and print the times and their ratios."""
    questions = {name: _question(name) for name in _FORMATS}
    for name, question in questions.items():
        ratios = []
        for _ in range(runs):
            own = _spent(partial(_export, web.address, name), web.pid, database)
            limit = _spent(partial(_copy, question), database)
            ratios.append(limit.clock / own.clock)
            worked = f"{limit.worked / own.worked:.2f} of processor time"
            print(f"{name}: {own}; COPY: {limit}; ratio {ratios[-1]:.2f}, {worked}")
        print(f"{name}, median ratio: {statistics.median(ratios):.2f}", flush=True)


def _question(name: str) -> str:
    """Write the COPY that an export in a format is."""
    django.setup()
    places, formats = _part("api.places"), _part("formats")
    spot = places.find_spot(_part("querying.addresses").parse_address(ROWS))
    if spot is None:
        raise DevelopmentError(f"{ROWS} is not published; docs/performance.md says how")
    format_ = next(f for f in formats.FORMATS if f.name == name)
    source = spot.source(places.Rendition(format_))
    query = _part("querying.queries").Query()
    question, _ = _part("querying.compiling").copy_all(source, query)
    options = format_.copy.options
    return f"COPY ({question.as_string(None)}) TO STDOUT ({options})"


def _part(name: str) -> Any:
    """Import a part of the service, which is to be had once Django is set up."""
    return import_module(f"data_service.{name}")


def _spent(work: Callable[[], None], *roots: int) -> Spent:
    """Give what it took, of those processes and of our own children."""
    before = _worked(roots)
    begin = time.perf_counter()
    work()
    clock = time.perf_counter() - begin
    time.sleep(1)  # until the server has noticed that its process ended
    return Spent(clock, _worked(roots) - before)


def _worked(roots: tuple[int, ...]) -> float:
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + sum(cpu_seconds(roots).values())


def _export(address: str, name: str) -> None:
    url = f"{address}{ROWS}?_format={name}"
    with urlopen(url) as response:  # noqa: S310  (one's own)
        while response.read(_PIECE):
            pass


def _copy(question: str) -> None:
    command = [str(find_binaries() / "psql"), os.environ["DATABASE_URL"], "-qX1"]
    subprocess.run(
        [*command, f"-c{question}"],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PGOPTIONS": SESSION},
    )
