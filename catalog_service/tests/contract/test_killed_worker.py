"""A worker that is killed in the middle of a harvest; another one finishes it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from procrastinate.exceptions import AlreadyEnqueued
from providers import Answer, Provider, openapi

from catalog_service.models import Harvest
from shared.workers.tasks import retry_stalled_jobs

SERVICE = Path(__file__).resolve().parents[2]
SECONDS = 60


def start_worker(origin: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start a worker on the database of the tests; it ends when nothing is to do."""
    database = connection.settings_dict
    url = f"postgresql:///{database['NAME']}?host={database['HOST']}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"{url}&port={database['PORT']}&user={database['USER']}",
        "TRUSTED_ORIGINS": origin,
        "WORKER_HEARTBEAT_FILE": str(folder / "heartbeat"),
    }
    command = [sys.executable, "manage.py", "worker", "--until-idle"]
    return subprocess.Popen(command, cwd=SERVICE, env=environment)  # noqa: S603


def forget_the_killed() -> None:
    """Let the time pass after which a silent worker counts as dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 day'"
        )
    with contextlib.suppress(AlreadyEnqueued):  # by the killed one, on the minute
        retry_stalled_jobs.defer(timestamp=0)


@pytest.mark.usefixtures("clean_jobs")
@pytest.mark.django_db(transaction=True)
def test_it_is_finished_by_another_case_36(
    client: Client, token: dict[str, str], provider: Provider, tmp_path: Path
) -> None:
    provider.serve("/a.json", openapi("Bridges"))
    url = provider.list_documents("/a.json")
    asked, go_on, answer = threading.Event(), threading.Event(), provider.answer

    def hold(path: str, headers: dict[str, str]) -> Answer:
        if path == "/a.json":
            asked.set()
            go_on.wait(SECONDS)
        return answer(path, headers)

    provider.answer = hold  # type: ignore[method-assign]
    client.post("/v1/sources", {"url": url}, "application/json", headers=token)
    killed = start_worker(provider.origin, tmp_path)
    try:
        assert asked.wait(SECONDS)
        assert client.get("/v1/apis").json()["total"] == 0
    finally:
        killed.kill()
        killed.wait()
        go_on.set()
    forget_the_killed()
    for _ in range(2):  # the first may be idle before the job is given back
        assert start_worker(provider.origin, tmp_path).wait(SECONDS) == 0

    (api,) = client.get("/v1/apis").json()["items"]
    assert client.get(f"/v1/apis/{api['id']}/versions").json()["total"] == 1
    assert client.get("/v1/sources").json()["items"][0]["state"] == "well"
    messages = set(Harvest.objects.values_list("state", "message"))
    assert messages == {("failed", "it was broken off"), ("done", "")}
