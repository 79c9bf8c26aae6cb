"""Running a procrastinate worker: heartbeat, and a line per job."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
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
from shared.workers.stopping import GRACE_SECONDS, counted

BEAT_SECONDS = 5.0

logger = structlog.get_logger("kade.jobs")


async def run_worker(app: App, *, concurrency: int, wait: bool = True) -> None:
    """Do jobs until it is cancelled; running ones get GRACE_SECONDS to end.

    Without `wait`, return when there is nothing left to do. Raises ConnectorException
    when the database goes away.
    """
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            wait=wait,
            shutdown_graceful_timeout=GRACE_SECONDS,
            worker_middleware=[log_job],
            install_signal_handlers=False,
        )
    if wait:
        # It stops by itself when one of its own tasks fails, and says no more.
        raise ConnectorException("the connection was lost")


@contextlib.asynccontextmanager
async def beating(heartbeat: Path) -> AsyncIterator[None]:
    """Show that the worker lives, from its own event loop: it stops with it."""
    task = asyncio.create_task(_keep_beating(heartbeat))
    try:
        yield
    finally:
        task.cancel()
        heartbeat.unlink(missing_ok=True)


async def _keep_beating(heartbeat: Path) -> None:
    while True:
        beat(heartbeat)
        await asyncio.sleep(BEAT_SECONDS)


async def log_job(
    call_next: AsyncCallNext, context: JobContext, _worker: Worker
) -> Any:
    """Log the end of a job, and bind its id and task to every line from within.

    The cause of a failure is logged by procrastinate, with the trace.
    """
    job = context.job
    # What a job asks of others, and of the database, leads back to it.
    request_id.set(f"job-{job.id}")
    with (
        counted(),
        structlog.contextvars.bound_contextvars(job=job.id, task=job.task_name),
    ):
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
