"""A worker that is killed in a job by the clock: another one does it, once."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from shared.limits.tasks import forget_limits
from shared.testing.killing import (
    jobs_in,
    keep_only,
    kill_in,
    let_another_finish,
    quiet_clock,  # noqa: F401
)
from shared.workers.tasks import remove_old_jobs, retry_stalled_jobs

PERIODIC = {name for name, _ in app.periodic_registry.periodic_tasks}


def execute(sentence, *values):
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)


def forgetting():
    """Leave a caller who has the whole budget again."""
    execute("INSERT INTO request_limit VALUES ('somebody', now() - interval '1 h')")
    job = forget_limits.defer(timestamp=0)
    keep_only(job)
    hold = "LOCK TABLE request_limit IN SHARE MODE"
    return job, hold, lambda: count("request_limit") == 0


def removing():
    """Leave a job that ended long ago."""
    old = forget_limits.defer(timestamp=0)
    execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", old)
    execute("UPDATE procrastinate_events SET at = at - interval '8 days'")
    job = remove_old_jobs.defer(timestamp=0)
    keep_only(old, job)
    hold = f"SELECT FROM procrastinate_jobs WHERE id = {old} FOR UPDATE"
    return job, hold, lambda: old not in jobs_in("succeeded")


def retrying():
    """Leave the job of a worker that was killed before."""
    lost = forget_limits.defer(timestamp=0)
    execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", lost)
    job = retry_stalled_jobs.defer(timestamp=0)
    keep_only(lost, job)
    hold = f"SELECT FROM procrastinate_jobs WHERE id = {lost} FOR UPDATE"
    return job, hold, lambda: lost in jobs_in("succeeded")


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return cursor.fetchone()[0]


# Gives the job, what holds it in its middle, and what tells that it was done.
CASES = {
    "shared.forget_limits": forgetting,
    "shared.remove_old_jobs": removing,
    "shared.retry_stalled_jobs": retrying,
}


def test_it_knows_every_job_by_the_clock():
    assert CASES.keys() == PERIODIC


@pytest.mark.slow
@pytest.mark.usefixtures("clean_jobs", "quiet_clock")
@pytest.mark.parametrize("task", CASES)
def test_it_does_a_job_once_though_its_worker_was_killed(task):
    job, hold, is_done = CASES[task]()

    kill_in(job, hold)
    let_another_finish()

    assert is_done()
    assert jobs_in("todo") == jobs_in("doing") == jobs_in("failed") == []
