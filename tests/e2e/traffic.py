"""People who read without a pause, and one who sends a file."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from .stack import Houses, Stack

PATIENCE = 30.0
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
        enough, until = len(self.answers) + count, time.monotonic() + PATIENCE
        while len(self.answers) < enough:
            assert time.monotonic() < until, "nobody answers"
            time.sleep(0.02)

    def failures(self) -> Counter[tuple[str, int]]:
        """Count what was no success."""
        return Counter(answer for answer in self.answers if answer[1] != 200)


def reads(houses: Houses) -> tuple[str, ...]:
    """Give what people read, of both services."""
    data = (f"{houses.data}{path}" for path in _DATA_READS)
    return (*data, *(f"{houses.catalog}{path}" for path in _CATALOG_READS))


def _status(client: httpx.Client, url: str) -> int:
    try:
        return client.get(url).status_code
    except httpx.HTTPError:
        return 0


def sender(stack: Stack) -> Callable[[], httpx.Response]:
    """Give what sends a file to the control API."""
    words = ("create_token", "loader", "--scope", "data:write")
    token = stack.manage("data_service", *words).strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/csv"}
    url = f"{stack.houses.data}/control/v1/datasets/ships/tables/ships"
    return lambda: httpx.put(url, headers=headers, content=b"id,name\n1,Argo\n")


def outcome(taken: httpx.Response) -> str:
    """Wait for what becomes of a file that was sent."""
    assert taken.status_code == 202, taken.text
    headers = {"Authorization": taken.request.headers["Authorization"]}
    place = taken.headers["Location"]
    answer = until(lambda: httpx.get(place, headers=headers), _has_ended)
    return str(answer.json()["state"])


def _has_ended(answer: httpx.Response) -> bool:
    # For some seconds it may be asked of the replica, which has yet to hear of it.
    return answer.json().get("state", "waiting") not in {"waiting", "running"}


def until(
    ask: Callable[[], httpx.Response], is_right: Callable[[httpx.Response], bool]
) -> httpx.Response:
    """Ask until the answer is right."""
    deadline = time.monotonic() + PATIENCE
    while not is_right(answer := ask()):
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.1)
    return answer
