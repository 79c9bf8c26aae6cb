"""The primary drops or locks what a replica is reading: replaying goes on.

A replica waits for its readers for `max_standby_streaming_delay`, and then ends what
they ask. That is a 503 where nothing was sent yet, and else a broken connection.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import httpx
import psycopg
import pytest

from .replication import Pair
from .stack import Stack

_PATIENCE = 60.0
_ROWS = 2_000
_TEXT = "x" * 10_000
_AS_IT_IS = {"Accept-Encoding": "identity"}  # small answers wait for nobody
_DROP = """
from datetime import timedelta
from django.utils import timezone
from data_service.importing.cleaning import drop_unused
print("dropped", drop_unused(timezone.now() + timedelta(days=1)))
"""


@dataclass
class Reader:
    """One who downloads all rows: `pause` seconds between two looks."""

    url: str
    pause: float
    read: int = 0
    outcome: str = ""
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Read to the end, or until the connection breaks."""
        try:
            with httpx.stream(
                "GET", self.url, headers=_AS_IT_IS, timeout=_PATIENCE
            ) as answer:
                self._read(answer)
                self.outcome = f"whole {answer.status_code}"
        except httpx.TransportError:
            self.outcome = "broken"
        finally:
            self.begun.set()

    def _read(self, answer: httpx.Response) -> None:
        for chunk in answer.iter_raw(65_536):
            self.read += len(chunk)
            self.begun.set()
            self.go_on.wait(self.pause)


@contextmanager
def reading(*readers: Reader) -> Iterator[None]:
    """Let them read, from their first bytes on; in the end without a pause."""
    threads = [threading.Thread(target=reader.run) for reader in readers]
    for thread in threads:
        thread.start()
    for reader in readers:
        assert reader.begun.wait(_PATIENCE)
    yield
    for reader in readers:
        reader.go_on.set()
    for thread in threads:
        thread.join()


def publish(stack: Stack, folder: Path, mark: str) -> None:
    """Publish rows of 20 MB, and keep no snapshot but this one."""
    path = folder / "scrolls.csv"
    lines = (f"{number},{mark}{_TEXT}\n" for number in range(_ROWS))
    path.write_text("id,text\n" + "".join(lines))
    kept = {**stack.environments["data_service"], "SNAPSHOTS_KEPT": "1"}
    thrifty = replace(stack, environments={"data_service": kept})
    thrifty.manage("data_service", "publish", str(path), "--dataset", "archive")


@pytest.fixture
def url(pair: Pair, stack: Stack, tmp_path: Path) -> str:
    """Publish an archive, and give where its rows are."""
    publish(stack, tmp_path, "a")
    pair.wait_until_equal()
    return f"{stack.houses.data}/v1/archive/scrolls"


def test_it_replays_a_drop_whoever_reads(
    pair: Pair, stack: Stack, url: str, tmp_path: Path
) -> None:
    slow, stuck = (Reader(f"{url}?_format=csv", pause) for pause in (0.05, _PATIENCE))

    with pair.patience_of_replica("1s"), reading(slow, stuck):
        publish(stack, tmp_path, "b")
        said = stack.manage("data_service", "shell", "--command", _DROP)
        pair.wait_until_equal()
        stuck_at = stuck.read

    assert re.search("dropped [1-9]", said)
    # Replaying did not wait for the one who reads nothing; and nobody took a part
    # of the rows for all of them.
    assert stuck_at < _ROWS * len(_TEXT)
    for reader in (slow, stuck):
        is_all = reader.read > _ROWS * len(_TEXT)
        assert reader.outcome == ("whole 200" if is_all else "broken")
    assert stuck.outcome == "broken"
    assert httpx.get(f"{url}/7").json()["text"].startswith("b")


def test_it_refuses_a_page_that_was_ended_for_replaying(
    pair: Pair, stack: Stack, url: str
) -> None:
    refused: list[httpx.Response] = []
    statuses: set[int] = set()
    ended = threading.Event()
    numbers = count()  # what was asked before is not asked of the replica again

    def ask() -> None:
        with httpx.Client(timeout=_PATIENCE) as client:
            while not ended.is_set():
                answer = client.get(f"{url}?text[like]=*b{next(numbers)}*")
                statuses.add(answer.status_code)
                if answer.status_code != 200:
                    refused.append(answer)

    with pair.patience_of_replica("0"):
        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            _lock_until(pair, lambda: bool(refused))
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    assert statuses <= {200, 503}, stack.logs()
    assert refused[0].headers["Content-Type"] == "application/problem+json"
    assert int(refused[0].headers["Retry-After"]) <= 10
    assert "ended" in refused[0].json()["detail"]


def _lock_until(pair: Pair, is_enough: Callable[[], bool]) -> None:
    """Lock the rows on the primary, as a change of the table would, again and again."""
    until = time.monotonic() + _PATIENCE
    with psycopg.connect(pair.primary.url("data_service"), autocommit=True) as one:
        newest = "SELECT max(id) FROM data_service_physicaltable"
        row = one.execute(newest).fetchone()
        assert row is not None
        while not is_enough():
            assert time.monotonic() < until, "no question stood in the way"
            with one.transaction():
                one.execute(f"LOCK TABLE rows.t{row[0]} IN ACCESS EXCLUSIVE MODE")
            time.sleep(0.05)
