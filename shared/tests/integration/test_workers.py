"""The process that does the jobs."""

import asyncio
import contextlib

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError as DatabaseAwayError
from django.db import connection, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from shared.limits.tasks import forget_limits
from shared.workers.heartbeat import age_of, beat
from shared.workers.retrying import MAX_ATTEMPTS
from shared.workers.running import beating, run_worker
from shared.workers.tasks import remove_old_jobs, retry_stalled_jobs

COMMAND = "shared.workers.management.commands.worker"


@pytest.fixture(autouse=True)
def heartbeat(settings, tmp_path, monkeypatch):
    """Return where the worker shows that it lives."""
    path = tmp_path / "heartbeat"
    settings.WORKER_HEARTBEAT_FILE = str(path)
    # What is due by the clock would make the outcome depend on it.
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    own = connections.settings["default"]
    monkeypatch.setitem(own, "CONN_MAX_AGE", 0)
    monkeypatch.setitem(own, "OPTIONS", dict(own["OPTIONS"]))
    return path


def work():
    """Do all jobs there are."""
    call_command("worker", "--until-idle")


def statuses():
    """Return each job's task and status."""
    jobs = ProcrastinateJob.objects.exclude(task_name__startswith="builtin")
    return sorted(jobs.values_list("task_name", "status"))


def test_it_does_the_jobs_and_logs_them(clean_jobs, caplog, heartbeat):
    forget_limits.defer(timestamp=0)

    work()

    assert ("shared.forget_limits", "succeeded") in statuses()
    line = next(r.msg for r in caplog.records if r.name == "kade.jobs")
    assert line["event"] == "job.ended"
    assert line["outcome"] == "succeeded"
    assert line["task"].startswith("shared.")
    assert not heartbeat.exists()


def test_it_logs_a_job_that_fails(clean_jobs, caplog, monkeypatch):
    def fail():
        raise ZeroDivisionError

    monkeypatch.setattr("shared.limits.tasks.forget_spent_limits", fail)
    forget_limits.defer(timestamp=0)

    work()

    assert ("shared.forget_limits", "failed") in statuses()
    lines = [r.msg for r in caplog.records if r.name == "kade.jobs"]
    assert "failed" in [line["outcome"] for line in lines]


def kill_worker(attempts=0):
    """Leave a job behind as a worker does that was killed."""
    job_id = forget_limits.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s "
            "WHERE id = %s",
            [attempts, job_id],
        )


def run_housekeeping(task):
    """Run one of our own jobs."""
    task.defer(timestamp=0)
    work()


def test_it_gives_the_job_of_a_killed_worker_to_another(clean_jobs):
    kill_worker()

    run_housekeeping(retry_stalled_jobs)

    assert ("shared.forget_limits", "doing") not in statuses()
    assert ("shared.forget_limits", "succeeded") in statuses()


def test_it_gives_up_a_job_that_kills_its_workers(clean_jobs):
    kill_worker(attempts=MAX_ATTEMPTS - 1)

    run_housekeeping(retry_stalled_jobs)

    assert ("shared.forget_limits", "failed") in statuses()


def test_it_does_not_take_waiting_for_killing(clean_jobs, monkeypatch):
    patient = RetryStrategy(max_attempts=20)
    monkeypatch.setattr(forget_limits, "retry_strategy", patient)
    kill_worker(attempts=MAX_ATTEMPTS - 1)

    run_housekeeping(retry_stalled_jobs)

    assert ("shared.forget_limits", "succeeded") in statuses()


def test_it_ends_the_job_of_a_killed_worker_that_was_asked_for_again(clean_jobs):
    kill_worker()
    retry_stalled_jobs.defer(timestamp=0)
    forget_limits.defer(timestamp=0)  # only one of this name may wait

    work()

    assert statuses() == [
        ("shared.forget_limits", "aborted"),
        ("shared.forget_limits", "succeeded"),
        ("shared.retry_stalled_jobs", "succeeded"),
    ]


def test_it_removes_old_jobs(clean_jobs):
    forget_limits.defer(timestamp=0)
    work()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '8 days'")

    run_housekeeping(remove_old_jobs)

    assert ("shared.forget_limits", "succeeded") not in statuses()


@pytest.mark.parametrize("error", [ConnectorException, OperationalError])
def test_it_ends_when_the_database_goes_away(monkeypatch, error):
    async def fail(*args, **kwargs):
        raise error("gone")

    monkeypatch.setattr(f"{COMMAND}.run_worker", fail)

    with pytest.raises(CommandError, match="the database is not there"):
        work()


def test_it_waits_for_the_database_and_goes_on(monkeypatch, heartbeat, caplog):
    calls = []

    async def lose_connection_once(*args, **kwargs):
        calls.append(kwargs["wait"])
        if len(calls) == 1:
            raise ConnectorException("gone")

    tries = iter([DatabaseAwayError, DatabaseAwayError, None])
    monkeypatch.setattr(f"{COMMAND}.run_worker", lose_connection_once)
    monkeypatch.setattr(f"{COMMAND}._PAUSE_SECONDS", 0)
    kind = type(connections["default"])  # in whatever thread
    monkeypatch.setattr(kind, "ensure_connection", lambda _: fail_with(tries))

    call_command("worker")

    assert calls == [True, True]
    events = [r.msg["event"] for r in caplog.records if r.name == "kade.jobs"]
    assert events == ["worker.waits", "worker.goes_on"]


def fail_with(errors):
    """Raise the next of the errors, if it is one."""
    if error := next(errors):
        raise error


def test_it_says_so_when_it_stops_by_itself(monkeypatch):
    async def stop(*args, **kwargs):
        return

    monkeypatch.setattr(app, "run_worker_async", stop)
    monkeypatch.setattr(app, "open_async", contextlib.AsyncExitStack)

    with pytest.raises(ConnectorException):
        asyncio.run(run_worker(app, concurrency=1))


def test_it_runs_in_a_process_of_its_own(monkeypatch):
    monkeypatch.setattr(app, "connector", object())

    with pytest.raises(CommandError, match="a process of its own"):
        work()


def test_it_follows_no_link(heartbeat, tmp_path):
    heartbeat.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"):
        beat(heartbeat)


def test_it_keeps_beating(heartbeat, monkeypatch):
    monkeypatch.setattr("shared.workers.running.BEAT_SECONDS", 0.01)

    async def forget_and_wait():
        async with beating(heartbeat):
            await asyncio.sleep(0)
            heartbeat.unlink()
            while not heartbeat.exists():
                await asyncio.sleep(0.01)
            return age_of(heartbeat)

    assert asyncio.run(asyncio.wait_for(forget_and_wait(), 30)) < 30
    assert not heartbeat.exists()
