"""Both services as they run in their images, on free ports and databases of their own.

The data service publishes a made-up file; the catalogue harvests both. Processes end
by SIGTERM, so that they can write what they have covered.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
_START_SECONDS = 120
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Houses:
    """Where the two services answer."""

    data: str
    catalog: str


@dataclass
class Stack:
    """What runs, with which settings, and where it writes its logs."""

    folder: Path
    houses: Houses
    environments: Mapping[str, Mapping[str, str]]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, service: str, *words: str) -> str:
        """Run a management command to its end, and give what it says."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT / service,
            env=dict(self.environments[service]),
            capture_output=True,
            text=True,
            timeout=_START_SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, service: str, *words: str) -> None:
        """Start a process that stays."""
        log = self.folder / f"{service}-{Path(words[0]).name}.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT / service,
                env=dict(self.environments[service]),
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)

    def stop(self) -> None:
        """End every process, the last started first."""
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def logs(self) -> str:
        """Give the last lines of each log."""
        return "\n".join(
            f"--- {log.name}\n{log.read_text('utf-8', 'replace')[-2000:]}"
            for log in sorted(self.folder.glob("*.log"))
        )


@contextlib.contextmanager
def running_stack(
    folder: Path, data_url: str, catalog_url: str, **settings: str
) -> Iterator[Stack]:
    """Run both services on two databases; `settings` are for both."""
    houses = Houses(*(f"http://127.0.0.1:{port}" for port in _free_ports(2)))
    data = {**_environment(data_url, houses.data), **settings}
    catalog = {**_catalog_environment(catalog_url, houses), **settings}
    stack = Stack(folder, houses, {"data_service": data, "catalog_service": catalog})
    try:
        with ThreadPoolExecutor() as pool:
            prepared = (
                pool.submit(_prepare_data, stack),
                pool.submit(_prepare_catalog, stack),
            )
        for outcome in prepared:
            outcome.result()
        _start(stack)
        _wait_until_listed(stack, houses)
        yield stack
    finally:
        stack.stop()


def _prepare_data(stack: Stack) -> None:
    trees = stack.folder / "trees.csv"
    trees.write_text(_made_up_trees(), encoding="utf-8")
    stack.manage("data_service", "migrate", "--noinput")
    stack.manage("data_service", "publish", str(trees), "--dataset", "quayTrees")


def _prepare_catalog(stack: Stack) -> None:
    stack.manage("catalog_service", "migrate", "--noinput")
    stack.manage("catalog_service", "register_sources")
    drawbridges = stack.folder / "documents" / "drawbridges.json"
    drawbridges.parent.mkdir()
    for methods in (("get", "delete"), ("get",)):
        drawbridges.write_text(json.dumps(_made_up_document(*methods)))
        stack.manage("catalog_service", "import_documents", str(drawbridges.parent))


def _start(stack: Stack) -> None:
    _start_web(stack, "data_service")
    _start_web(stack, "catalog_service")
    stack.start("data_service", "manage.py", "worker")
    for house in (stack.houses.data, stack.houses.catalog):
        _wait_until_healthy(stack, house)
    # Last: what it cannot reach, it asks for again only a while later.
    stack.start("catalog_service", "manage.py", "worker")


def _start_web(stack: Stack, service: str) -> None:
    application = f"{service}.wsgi"
    words = ("-m", "gunicorn", "--config=python:shared.serving", "--no-control-socket")
    stack.start(service, *words, application)


def _environment(database_url: str, origin: str) -> dict[str, str]:
    # Nothing of the tests' own settings, but what measures coverage.
    kept = {name: text for name, text in os.environ.items() if name not in _OURS}
    return {
        **kept,
        "DATABASE_URL": database_url,
        "PUBLIC_URL": origin,
        "WEB_BIND": origin.removeprefix("http://"),
        "WEB_WORKERS": "1",
        "SECRET_KEY": "only the tests know this one, which is long enough",
        "ORGANISATION_NAME": "Municipality of Waterstad",
    }


def _catalog_environment(database_url: str, houses: Houses) -> dict[str, str]:
    both = f"{houses.data},{houses.catalog}"
    environment = _environment(database_url, houses.catalog)
    return {**environment, "SOURCES": both, "TRUSTED_ORIGINS": both}


_OURS = frozenset({"DEBUG", "DJANGO_SETTINGS_MODULE", "KADE_TEST_DB_SUFFIX"})


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _wait_until_healthy(stack: Stack, origin: str) -> None:
    _wait(stack, f"{origin}/status/health", lambda _: True)


def _wait_until_listed(stack: Stack, houses: Houses) -> None:
    """Wait until the catalogue lists the dataset and itself."""
    wanted = (f"{houses.data}/v1/quayTrees", f"{houses.catalog}/v1/openapi.json")
    _wait(
        stack,
        f"{houses.catalog}/v1/apis",
        lambda text: all(url in text for url in wanted),
    )


def _wait(stack: Stack, url: str, is_right: Callable[[str], bool]) -> None:
    answer = "no answer"
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            response = httpx.get(url, timeout=5)
            answer = f"{response.status_code} {response.text}"
            if response.is_success and is_right(response.text):
                return
        time.sleep(0.25)
    raise AssertionError(f"{url}: {answer[:500]}\n{stack.logs()}")


def _made_up_document(*methods: str) -> dict[str, object]:
    operation = {"responses": {"200": {"description": "Fine."}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Drawbridges", "version": "1.0.0"},
        "paths": {"/drawbridges/": dict.fromkeys(methods, operation)},
    }


def _made_up_trees() -> str:
    kinds = ("Oak", "Elm", "Linden", "Willow", "Poplar")
    rows = (
        f"{n},{kinds[n % 5]} {n},{1950 + n}-04-01,{3 + n / 4},{4.85 + n / 500:.4f},"
        f"{52.35 + n / 900:.4f}"
        for n in range(1, 61)
    )
    return "\n".join(["id,name,planted,height,longitude,latitude", *rows, ""])
