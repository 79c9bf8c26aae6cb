"""Running a procrastinate worker: graceful stop, heartbeat, and a line per job."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from shared.logs import request_id
from shared.workers.heartbeat import beat

GRACE_SECONDS = 20.0
BEAT_SECONDS = 5.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM)

logger = structlog.get_logger("kade.jobs")


async def run_worker(
    app: App, *, concurrency: int, heartbeat: Path, wait: bool = True
) -> None:
    """Do jobs until a signal comes; running ones get GRACE_SECONDS to end.

    Without `wait`, return when there is nothing left to do. Raises ConnectorException
    when the database goes away.
    """
    async with app.open_async():
        working = asyncio.create_task(
            app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                shutdown_graceful_timeout=GRACE_SECONDS,
                worker_middleware=[log_job],
                install_signal_handlers=False,
            )
        )
        beating = asyncio.create_task(keep_beating(heartbeat))
        with _stopping(working):
            try:
                await working
            except asyncio.CancelledError:
                return
            finally:
                beating.cancel()
                heartbeat.unlink(missing_ok=True)
    if wait:
        # It stops by itself when one of its own tasks fails, and says no more.
        raise ConnectorException("the connection was lost")


async def keep_beating(heartbeat: Path) -> None:
    """Show that the worker lives, from its own event loop: it stops with it."""
    while True:
        beat(heartbeat)
        await asyncio.sleep(BEAT_SECONDS)


@contextlib.contextmanager
def _stopping(working: asyncio.Task[None]) -> Iterator[None]:
    """Let SIGINT and SIGTERM end the worker, which ends its jobs first."""
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, working.cancel)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


async def log_job(
    call_next: AsyncCallNext, context: JobContext, _worker: Worker
) -> Any:
    """Log the end of a job, and bind its id and task to every line from within.

    The cause of a failure is logged by procrastinate, with the trace.
    """
    job = context.job
    # What a job asks of others, and of the database, leads back to it.
    request_id.set(f"job-{job.id}")
    with structlog.contextvars.bound_contextvars(job=job.id, task=job.task_name):
        start, outcome = perf_counter(), "failed"
        try:
            result = await call_next()
            outcome = "succeeded"
        finally:
            seconds = round(perf_counter() - start, 3)
            logger.info(
                "job.ended", outcome=outcome, seconds=seconds, attempt=job.attempts + 1
            )
        return result
