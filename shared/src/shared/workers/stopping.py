"""The end of a worker that is told to stop: gracefully if it can, soon in any case.

A wait for a database that is away has no end that we set, and Python ends no thread. So
a thread of our own ends the process when what it waits for takes too long.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Coroutine, Iterator
from typing import Any

import structlog

GRACE_SECONDS = 20.0  # for the jobs that run
LEAVE_SECONDS = 5.0  # for taking leave of the database
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_LOOK_SECONDS = 0.1

_jobs: set[object] = set()

logger = structlog.get_logger("kade.jobs")


def run_until_told(main: Coroutine[Any, Any, None]) -> None:
    """Run `main` to its end, or cancel it at SIGINT or SIGTERM.

    The process ends with 0 then, or with 1 where a job was cut off: it is done again.
    """
    ended = threading.Event()
    with contextlib.suppress(asyncio.CancelledError):
        try:
            asyncio.run(_run(main, ended))
        finally:
            ended.set()


def was_told() -> bool:
    """Tell whether what runs now has been cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


@contextlib.contextmanager
def counted() -> Iterator[None]:
    """Let the process wait for what runs within: a job."""
    job = object()
    _jobs.add(job)
    try:
        yield
    finally:
        _jobs.discard(job)


async def _run(main: Coroutine[Any, Any, None], ended: threading.Event) -> None:
    loop, working = asyncio.get_running_loop(), asyncio.create_task(main)

    def stop() -> None:
        if working.cancelling():
            return
        working.cancel()
        threading.Thread(target=_end, args=(ended,), daemon=True).start()

    for number in _SIGNALS:
        loop.add_signal_handler(number, stop)
    await working


def _end(ended: threading.Event) -> None:
    """End the process, unless it has `ended` by itself."""
    until = time.monotonic() + GRACE_SECONDS
    while _jobs and time.monotonic() < until and not ended.wait(_LOOK_SECONDS):
        pass
    if ended.wait(LEAVE_SECONDS):
        return
    logger.warning("worker.leaves", jobs=len(_jobs))
    os._exit(1 if _jobs else 0)
