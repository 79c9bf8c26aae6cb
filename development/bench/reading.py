"""How fast rows are read, beside the limit: a bare view behind the same middleware.

Both run already, as they ship, and are asked in turn by wrk (a Debian package), each
request for another address. docs/performance.md says how they are started.
"""

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from development.bench import made_up
from development.errors import DevelopmentError

CONNECTIONS = 16
ADDRESSES = 400
ROWS, AREAS = "/v1/bench/rows", "/v1/areas/areas"
PAGE = "_pageSize=100"
_TICKS = os.sysconf("SC_CLK_TCK")
# wrk counts in microseconds; an answer that is no success spoils the figures.
_SCRIPT = """
local paths = {%s}
math.randomseed(%d)
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
done = function(s, l, r)
  io.write(string.format("\\nSEEN %%d %%d %%d %%d\\n", s.requests, s.duration,
    l:percentile(99), s.errors.status + s.errors.read + s.errors.timeout))
end
"""
_SEEN = re.compile(r"^SEEN (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)
_LINE = "{:<22}{:>11}{:>9}{:>11}{:>13}{:>8}"


@dataclass(frozen=True)
class Server:
    """An address, and the process that all those that answer descend from."""

    address: str
    pid: int


@dataclass(frozen=True)
class Workload:
    """What is asked for, and the path of the limit for answers of that size."""

    name: str
    paths: tuple[str, ...]
    limit: str = "/page"


@dataclass(frozen=True)
class Seen:
    """What a run of wrk saw; CPU in microseconds for a request."""

    per_second: float
    p99: float
    web: float
    database: float


def measure(web: Server, floor: Server, database: int, *, rows: int, runs: int) -> None:
    """Ask for rows and for the bare view in turn, and print what was seen."""
    if shutil.which("wrk") is None:
        raise DevelopmentError("wrk is not there; on Debian, apt install wrk.")
    heads = ("", "requests/s", "p99, ms", "web, µs", "database, µs", "ratio")
    print(_LINE.format(*heads), flush=True)
    for workload in workloads(web.address, rows):
        limit = Workload(f"  limit {workload.limit}", (workload.limit,))
        pairs = [
            (_ask(web, workload, database), _ask(floor, limit, database))
            for _ in range(runs)
        ]
        own, bare = (middle([pair[n] for pair in pairs]) for n in (0, 1))
        print(_line(workload.name, own, own.per_second / bare.per_second))
        print(_line(limit.name, bare, 1.0), flush=True)
    print(f"most memory of a web process: {_peak_memory(web.pid) / 1000:.0f} MB")


def workloads(address: str, rows: int) -> list[Workload]:
    """Give what is asked for; `rows` is how many the table of rows has."""
    chance = random.Random(made_up.SEED)  # noqa: S311  (not for secrets)
    numbers = [chance.randrange(rows) for _ in range(ADDRESSES)]
    pages, years = rows // 100, [1400 + number % 600 for number in numbers]
    third = _area(0.31)  # half as wide and as high: an oval of 30 % of the place
    return [
        Workload("list", _each(f"{ROWS}?{PAGE}&page={{}}", range(1, 11))),
        Workload("deep page", _each(f"{ROWS}?{PAGE}&page={{}}", _last(numbers, pages))),
        Workload("detail", _each(f"{ROWS}/{{}}", [n + 1 for n in numbers]), "/row"),
        Workload("keyset", _followed(address, f"{ROWS}?{PAGE}&_sort=id&page=10")),
        Workload("by name", _each(f"{ROWS}?{PAGE}&_sort=name&page={{}}", range(1, 11))),
        Workload("keyset by name", _followed(address, f"{ROWS}?{PAGE}&_sort=name")),
        Workload("filter", _each(f"{ROWS}?{PAGE}&year={{}}", years)),
        Workload("box", _each(f"{ROWS}?{PAGE}&{_within}{{}}", map(_box, numbers))),
        Workload("count", _each(f"{ROWS}?{PAGE}&_count=true&year={{}}", years)),
        Workload("area of a third", _each(f"{ROWS}?{PAGE}&{third}&page={{}}", _pages)),
        Workload("list of areas", _each(f"{AREAS}?{PAGE}&page={{}}", range(1, 11))),
        Workload("area of areas", _each(f"{AREAS}?{PAGE}&{third}&page={{}}", _pages)),
    ]


_within = "geometry[intersects]="
_pages = range(1, 101)


def middle(seen: list[Seen]) -> Seen:
    """Give the median of each figure."""
    figures = zip(*(vars(one).values() for one in seen), strict=True)
    return Seen(*map(statistics.median, figures))


def _each(template: str, values: object) -> tuple[str, ...]:
    return tuple(template.format(value) for value in values)  # type: ignore[attr-defined]


def _last(numbers: list[int], pages: int) -> list[int]:
    """Give pages of the last tenth."""
    return [pages - number % max(1, pages // 10) for number in numbers]


def _followed(address: str, path: str, count: int = 40) -> tuple[str, ...]:
    """Follow the links to the next page, and give those that have a cursor."""
    found: list[str] = []
    while len(found) < count:
        with urlopen(address + path) as response:  # noqa: S310  (one's own)
            link = json.load(response)["_links"]["next"]["href"]
        path = "/v1/" + link.partition("/v1/")[2]
        found += [path] if "_cursor" in path else []
    return tuple(found)


def _box(number: int) -> str:
    """Give a box of some hundred metres."""
    west, south, east, north = made_up.PLACE
    x = west + (east - west) * (number % 997) / 997
    y = south + (north - south) * (number % 991) / 991
    corners = ((0, 0), (0.005, 0), (0.005, 0.003), (0, 0.003), (0, 0))
    return quote(_polygon([(x + dx, y + dy) for dx, dy in corners]))


def _area(share: float) -> str:
    """Give a filter by an oval of 150 vertices, so wide a share of the place."""
    west, south, east, north = made_up.PLACE
    turns = [radians(360 * n / made_up.VERTICES) for n in range(made_up.VERTICES)]
    wide, high = share * (east - west), share * (north - south)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    ring = [(middle_x + wide * cos(t), middle_y + high * sin(t)) for t in turns]
    return _within + quote(_polygon([*ring, ring[0]]))


def _polygon(ring: list[tuple[float, float]]) -> str:
    return f"POLYGON(({','.join(f'{x:.5f} {y:.5f}' for x, y in ring)}))"


def _ask(server: Server, workload: Workload, database: int) -> Seen:
    """Have wrk ask for seconds, after one in which everything is warmed up."""
    _wrk(server.address, workload.paths, seconds=1)
    before = cpu_seconds((server.pid, database))
    requests, microseconds, p99 = _wrk(server.address, workload.paths, seconds=5)
    after = cpu_seconds((server.pid, database))
    web, own = (
        (after[pid] - before[pid]) / requests * 1e6 for pid in (server.pid, database)
    )
    return Seen(requests / microseconds * 1e6, p99 / 1000, web, own)


def _wrk(address: str, paths: tuple[str, ...], *, seconds: int) -> tuple[int, int, int]:
    listed = ",".join(json.dumps(path) for path in paths)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % (listed, made_up.SEED))
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            "20s",
        ]
        outcome = subprocess.run(
            [*command, "-s", script.name, address],
            check=False,
            capture_output=True,
            text=True,
        )
    seen = _SEEN.search(outcome.stdout)
    if seen is None or seen[4] != "0":
        raise DevelopmentError(f"wrk saw errors at {paths[0]}: {outcome.stdout[-300:]}")
    # At least one, of which a run may not have seen the end.
    return max(1, int(seen[1])), int(seen[2]), int(seen[3])


def cpu_seconds(roots: tuple[int, ...]) -> Mapping[int, float]:
    """Give the CPU that each process and its descendants have used."""
    parents, used = dict[int, int](), dict[int, float]()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, text = (folder / "stat").read_text().rpartition(")")
        except OSError:
            continue  # it has ended
        fields = text.split()
        parents[int(folder.name)] = int(fields[1])
        used[int(folder.name)] = sum(map(int, fields[11:15])) / _TICKS
    return {
        root: sum(s for pid, s in used.items() if root in _line_of(pid, parents))
        for root in roots
    }


def _line_of(pid: int, parents: Mapping[int, int]) -> list[int]:
    line = [pid]
    while parents.get(line[-1], 0):
        line.append(parents[line[-1]])
    return line


def _peak_memory(pid: int) -> int:
    """Give the most memory that a process below one ever had, in kB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    texts = [Path(f"/proc/{child}/status").read_text() for child in children]
    return max(int(re.findall(r"VmHWM:\s+(\d+) kB", text)[0]) for text in texts)


def _line(name: str, seen: Seen, ratio: float) -> str:
    figures = (f"{seen.per_second:,.0f}", f"{seen.p99:.0f}", f"{seen.web:.0f}")
    return _LINE.format(name, *figures, f"{seen.database:.0f}", f"{ratio:.2f}")
