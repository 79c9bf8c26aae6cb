"""The primary goes away while people read: reading goes on, writing says when again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from .replication import Pair
from .stack import ROOT, Stack

_PATIENCE = 30.0
_DATA_READS = (
    *(
        "/v1/quayTrees/trees",
        "/v1/quayTrees/trees/7",
        "/v1/quayTrees/trees?_format=csv",
    ),
    *("/v1/quayTrees/trees?name[like]=Oak*", "/v1/quayTrees/openapi.json", "/v1"),
    *("/", "/?q=quay", "/datasets/quayTrees", "/control/v1/datasets", "/metrics"),
    *("/status/live", "/status/health", "/status/data", "/.well-known/api-catalog"),
)
_CATALOG_READS = (
    *("/", "/?q=quay", "/v1/apis", "/v1/apis?q=trees", "/v1/operations?q=trees"),
    *("/v1/sources", "/v1/feed.atom", "/v1/linkset", "/v1/openapi.json", "/sources"),
    *("/status/live", "/status/health", "/status/data", "/metrics", "/v1"),
)


@dataclass
class Load:
    """Readers that go on until they are told to stop."""

    urls: tuple[str, ...]
    answers: list[tuple[str, int]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Load:
        self._threads = [threading.Thread(target=self._read) for _ in range(4)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        with httpx.Client(timeout=20) as client:
            while not self._stop.is_set():
                for url in self.urls:
                    self.answers.append((url, _status(client, url)))

    def wait(self, count: int) -> None:
        """Wait for so many answers more."""
        enough, until = len(self.answers) + count, time.monotonic() + _PATIENCE
        while len(self.answers) < enough:
            assert time.monotonic() < until, "nobody answers"
            time.sleep(0.02)

    def failures(self) -> Counter[tuple[str, int]]:
        """Count what was no success."""
        return Counter(answer for answer in self.answers if answer[1] != 200)


def test_it_reads_on_while_the_primary_is_away(pair: Pair, stack: Stack) -> None:
    pair.wait_until_equal()
    send = _sender(stack)
    urls = [f"{stack.houses.data}{path}" for path in _DATA_READS]
    urls += [f"{stack.houses.catalog}{path}" for path in _CATALOG_READS]

    with Load(tuple(urls)) as load:
        load.wait(100)
        pair.stop_primary()
        load.wait(200)
        refused = send()
        load.wait(200)
        pair.start_primary()
        taken = _until(send, lambda answer: answer.status_code != 503)

    assert refused.status_code == 503
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert int(refused.headers["Retry-After"]) <= 10
    assert _outcome(taken) == "done"
    assert load.failures() == {}, stack.logs()
    # Nothing was restarted: not the web, not the workers.
    assert {process.poll() for process in stack.processes} == {None}


def test_it_stops_workers_while_the_primary_is_away(
    pair: Pair, stack: Stack, tmp_path: Path
) -> None:
    there = _count_workers(pair)
    busy, waiting = (_worker(stack, tmp_path / name) for name in ("one", "two"))
    try:
        _wait_until(lambda: _count_workers(pair) == there + 2)
        pair.stop_primary()
        try:
            busy.terminate()  # it does not know yet
            log = tmp_path / "two" / "log"
            _wait_until(lambda: "worker.waits" in log.read_text())
            waiting.terminate()
            ends = busy.wait(_PATIENCE), waiting.wait(_PATIENCE)
        finally:
            pair.start_primary()
    finally:
        busy.kill()
        waiting.kill()

    assert ends == (0, 0), log.read_text()


def _worker(stack: Stack, folder: Path) -> subprocess.Popen[bytes]:
    """Start one more worker."""
    folder.mkdir()
    environment = dict(stack.environments["data_service"])
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=ROOT / "data_service",
            env={**environment, "WORKER_HEARTBEAT_FILE": str(folder / "heartbeat")},
            stdout=log,
            stderr=log,
        )


def _count_workers(pair: Pair) -> int:
    with psycopg.connect(pair.primary.url("data_service")) as connection:
        row = connection.execute("SELECT count(*) FROM procrastinate_workers")
        return int(row.fetchall()[0][0])


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < until, "it does not come"
        time.sleep(0.1)


def _status(client: httpx.Client, url: str) -> int:
    try:
        return client.get(url).status_code
    except httpx.HTTPError:
        return 0


def _sender(stack: Stack) -> Callable[[], httpx.Response]:
    """Give what sends a file to the control API."""
    words = ("create_token", "loader", "--scope", "data:write")
    token = stack.manage("data_service", *words).strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/csv"}
    url = f"{stack.houses.data}/control/v1/datasets/ships/tables/ships"
    return lambda: httpx.put(url, headers=headers, content=b"id,name\n1,Argo\n")


def _outcome(taken: httpx.Response) -> str:
    """Wait for what becomes of a file that was sent."""
    assert taken.status_code == 202, taken.text
    headers = {"Authorization": taken.request.headers["Authorization"]}
    place = taken.headers["Location"]
    answer = _until(lambda: httpx.get(place, headers=headers), _has_ended)
    return str(answer.json()["state"])


def _has_ended(answer: httpx.Response) -> bool:
    # For some seconds it may be asked of the replica, which has yet to hear of it.
    return answer.json().get("state", "waiting") not in {"waiting", "running"}


def _until(
    ask: Callable[[], httpx.Response], is_right: Callable[[httpx.Response], bool]
) -> httpx.Response:
    """Ask until the answer is right."""
    until = time.monotonic() + _PATIENCE
    while not is_right(answer := ask()):
        assert time.monotonic() < until, answer.text
        time.sleep(0.1)
    return answer
