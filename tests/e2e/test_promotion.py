"""The primary is lost for good, and the replica takes its place: nothing restarts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from .conftest import running_on
from .promoting import Swarm
from .replication import running_pair
from .stack import Stack
from .traffic import Load, outcome, reads, sender, until


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[tuple[Swarm, Stack]]:
    """Run both services on two servers of their own."""
    with running_pair() as pair:
        for database in ("data_service", "catalog_service"):
            pair.create(database)
        with running_on(pair, tmp_path) as stack:
            yield Swarm.standing_for(pair, tmp_path), stack


def test_it_writes_on_after_a_promotion(doomed: tuple[Swarm, Stack]) -> None:
    swarm, stack = doomed
    send, send_source = sender(stack), _source_sender(stack)
    assert outcome(send()) == "done"
    swarm.pair.wait_until_equal()

    with Load(reads(stack.houses)) as load, ThreadPoolExecutor() as pool:
        load.wait(100)
        swarm.pair.lose_primary()
        load.wait(100)
        refused = send()
        # Sent all the while: what is taken first has a number that was not given out.
        promoted = pool.submit(swarm.run, "promote")
        taken = until(send, lambda answer: answer.status_code != 503)
        source = until(send_source, lambda answer: answer.status_code != 503)
        load.wait(100)

    assert refused.status_code == 503
    assert promoted.result().returncode == 0, promoted.result().stderr
    assert int(taken.headers["Location"].rpartition("/")[2]) > 100_000
    assert min(swarm.numbers("data_service")) > 100_000
    assert min(swarm.numbers("catalog_service")) > 100_000
    assert outcome(taken) == "done"
    assert source.status_code == 201, source.text
    assert load.failures() == {}, stack.logs()
    assert {process.poll() for process in stack.processes} == {None}


def _source_sender(stack: Stack) -> Callable[[], httpx.Response]:
    """Give what makes an API of somebody else a source of the catalogue."""
    words = ("create_token", "harvester", "--scope", "catalog:write")
    token = stack.manage("catalog_service", *words).strip()
    headers = {"Authorization": f"Bearer {token}"}
    body = {"url": f"{stack.houses.data}/v1/quayTrees/openapi.json"}
    url = f"{stack.houses.catalog}/v1/sources"
    return lambda: httpx.post(url, headers=headers, json=body, timeout=20)
