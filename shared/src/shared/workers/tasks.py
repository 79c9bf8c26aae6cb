"""The jobs that look after the jobs."""

from __future__ import annotations

import structlog
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from shared.workers.retrying import MAX_ATTEMPTS

KEPT_HOURS = 7 * 24

logger = structlog.get_logger("kade.jobs")


@app.periodic(cron="* * * * *")
@app.task(
    name="shared.retry_stalled_jobs",
    queueing_lock="shared.retry_stalled_jobs",
    pass_context=True,
)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Give the jobs of a worker that was killed to another.

    A job that keeps killing its worker fails in the end.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        event = await _settle(manager, job, most=_most_attempts(context.app, job))
        logger.warning(event, stalled_job=job.id, stalled_task=job.task_name)


def _most_attempts(app: App, job: Job) -> int:
    """Tell how often a job may begin; one that waits for others begins more often."""
    task = app.tasks.get(job.task_name)
    strategy = task.retry_strategy if task else None
    most = strategy.max_attempts if isinstance(strategy, RetryStrategy) else None
    return max(MAX_ATTEMPTS, most or 0)


async def _settle(manager: JobManager, job: Job, *, most: int) -> str:
    """Let a job wait again, or end it; give the event that it is."""
    if job.attempts + 1 >= most:
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        return "job.given_up"
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # It was asked for again meanwhile, and only one of its name may wait.
        await manager.finish_job(job, status=Status.ABORTED, delete_job=False)
        return "job.superseded"
    return "job.retried"


@app.periodic(cron="17 3 * * *")
@app.task(
    name="shared.remove_old_jobs",
    queueing_lock="shared.remove_old_jobs",
    pass_context=True,
)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Remove the jobs that ended more than KEPT_HOURS ago."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )
