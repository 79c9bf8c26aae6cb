"""Running a procrastinate worker: graceful stop, heartbeat, and a line per job."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from time import perf_counter
from typing import Any

import structlog
from procrastinate import App
from procrastinate.job_context import JobContext
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from shared.workers.heartbeat import keep_beating

GRACE_SECONDS = 20.0

logger = structlog.get_logger("kade.jobs")


async def run_worker(
    app: App, *, concurrency: int, heartbeat: Path, wait: bool = True
) -> None:
    """Do jobs until a signal comes; running ones get GRACE_SECONDS to end.

    Without `wait`, return when there is nothing left to do.
    """
    async with app.open_async():
        beating = asyncio.create_task(keep_beating(heartbeat))
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                shutdown_graceful_timeout=GRACE_SECONDS,
                worker_middleware=[log_job],
            )
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating
            heartbeat.unlink(missing_ok=True)


async def log_job(
    call_next: AsyncCallNext, context: JobContext, _worker: Worker
) -> Any:
    """Log the end of a job, and bind its id and task to every line from within.

    The cause of a failure is logged by procrastinate, with the trace.
    """
    job = context.job
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
