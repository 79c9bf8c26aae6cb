"""A worker that is killed in a job by the clock: another one does it, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from factories import make_api, make_source
from procrastinate.contrib.django import app
from providers import Provider, openapi

from catalog_service import tasks
from catalog_service.comparing.versions import FORM as COMPARED
from catalog_service.live_checking.running import LIVE_CHECK_TASK, request_live_check
from catalog_service.models import (
    Api,
    Comparison,
    Harvest,
    LintReport,
    LiveCheck,
    SearchEntry,
)
from catalog_service.searching.indexing import FORM as INDEXED
from shared.testing.killing import (
    jobs_in,
    keep_only,
    kill_in,
    let_another_finish,
    quiet_clock,  # noqa: F401
)

Case = tuple[int, str, Callable[[], bool]]
# Reading goes on: the job waits where it writes.
HOLD = "LOCK TABLE catalog_service_{} IN SHARE MODE"
OWN = {
    name
    for name, _ in app.periodic_registry.periodic_tasks
    if name.startswith("catalog_service.")
}


def refreshing(provider: Provider) -> Case:
    make_source(url=provider.list_documents())
    job = tasks.refresh.defer(timestamp=0)
    states = Harvest.objects.values_list("state", flat=True)
    return job, HOLD.format("source"), lambda: list(states) == ["done"]


def indexing(_provider: Provider) -> Case:
    make_api()
    SearchEntry.objects.all().delete()
    job = tasks.index_documents.defer(timestamp=0)
    found = SearchEntry.objects.filter(form=INDEXED)
    return job, HOLD.format("searchentry"), lambda: found.count() == 1


def comparing(_provider: Provider) -> Case:
    for title in ("Bridges", "Quays"):
        make_api(openapi(title), document_url="https://source.example/openapi.json")
    Comparison.objects.all().delete()
    job = tasks.compare_versions.defer(timestamp=0)
    found = Comparison.objects.filter(form=COMPARED)
    return job, HOLD.format("comparison"), lambda: found.count() == 1


def linting(_provider: Provider) -> Case:
    make_api()
    LintReport.objects.update(edition="an old one")
    job = tasks.lint_documents.defer(timestamp=0)
    found = LintReport.objects.exclude(edition="an old one")
    return job, HOLD.format("lintreport"), lambda: found.count() == 1


def requesting_checks(provider: Provider) -> Case:
    make_running(provider)
    job = tasks.check_daily.defer(timestamp=0)
    return job, HOLD.format("livecheck"), is_checked_once


def checking(provider: Provider) -> Case:
    request_live_check(make_running(provider), by="test")
    (job,) = jobs_in("todo", LIVE_CHECK_TASK)
    return job, HOLD.format("livecheck"), is_checked_once


def make_running(provider: Provider) -> Api:
    """Make an API whose document is read beside its server."""
    document = openapi(servers=[{"url": provider.origin}])
    return make_api(
        document, document_url=f"{provider.origin}/a.json", source=make_source()
    )


def is_checked_once() -> bool:
    return list(LiveCheck.objects.values_list("state", flat=True)) == ["done"]


# Gives the job, what holds it in its middle, and what tells that it was done.
BY_THE_CLOCK: dict[str, Callable[[Provider], Case]] = {
    "catalog_service.check_daily": requesting_checks,
    "catalog_service.compare": comparing,
    "catalog_service.index": indexing,
    "catalog_service.lint": linting,
    "catalog_service.refresh": refreshing,
}


def test_it_knows_every_job_by_the_clock() -> None:
    assert BY_THE_CLOCK.keys() == OWN


@pytest.mark.slow
@pytest.mark.usefixtures("clean_jobs", "quiet_clock")
@pytest.mark.parametrize("prepare", [checking, *BY_THE_CLOCK.values()])
def test_it_does_a_job_once_though_its_worker_was_killed(
    provider: Provider,
    prepare: Callable[[Provider], Case],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRUSTED_ORIGINS", provider.origin)
    job, hold, is_done = prepare(provider)
    keep_only(job)

    kill_in(job, hold)
    let_another_finish()

    assert is_done()
    assert jobs_in("todo") == jobs_in("doing") == jobs_in("failed") == []
