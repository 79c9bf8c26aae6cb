"""The jobs of the catalogue: read sources, index and compare what came of them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from catalog_service.comparing.versions import compare_missing
from catalog_service.harvesting.schedule import claim, due_sources
from catalog_service.harvesting.sources import harvest_source
from catalog_service.judging.reports import lint_missing
from catalog_service.live_checking.running import (
    LIVE_CHECK_TASK,
    request_due_checks,
    run_live_check,
)
from catalog_service.models import Source
from catalog_service.registering.sources import HARVEST_TASK, request_harvest
from catalog_service.searching.indexing import index_missing
from shared.workers.retrying import AGAIN

_AT_ONCE = 200
# Each may take ten seconds, and harvests wait for the same workers.
_AT_MOST = 20


@app.periodic(cron="* * * * * */15")
@app.task(name="catalog_service.refresh", queueing_lock="catalog_service.refresh")
def refresh(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Have every source harvested whose turn it is; return how many."""
    now = timezone.now()
    waiting = list(due_sources(now).values_list("pk", flat=True)[:_AT_ONCE])
    return sum(_request(source_id) for source_id in waiting)


@app.task(name=HARVEST_TASK, retry=AGAIN)
def harvest(source_id: int) -> None:
    """Read one source; one that was removed meanwhile is nothing to do."""
    if Source.objects.filter(pk=source_id).exists():
        harvest_source(source_id, by="worker")


@app.periodic(cron="* * * * *")
@app.task(name="catalog_service.index", queueing_lock="catalog_service.index")
def index_documents(timestamp: int) -> int:  # noqa: ARG001
    """Index what an upgrade left to be indexed; return how many documents."""
    return index_missing(at_most=200)


@app.periodic(cron="* * * * * */15")
@app.task(name="catalog_service.compare", queueing_lock="catalog_service.compare")
def compare_versions(timestamp: int) -> int:  # noqa: ARG001
    """Compare new versions with the ones before them; return how many."""
    return compare_missing(at_most=_AT_MOST)


@app.periodic(cron="* * * * *")
@app.task(name="catalog_service.lint", queueing_lock="catalog_service.lint")
def lint_documents(timestamp: int) -> int:  # noqa: ARG001
    """Lint what an upgrade left to be linted; return how many documents."""
    return lint_missing(at_most=200)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="catalog_service.check_daily", queueing_lock="catalog_service.check_daily"
)
def check_daily(timestamp: int) -> int:  # noqa: ARG001
    """Request the live checks of the day; return how many."""
    return request_due_checks(at_most=200)


@app.task(name=LIVE_CHECK_TASK)
def live_check(check_id: int) -> None:
    """Look at a running API."""
    run_live_check(check_id)


@transaction.atomic
def _request(source_id: int) -> bool:
    """Take a source's turn and ask for its harvest: both, or neither."""
    is_claimed = claim(source_id, timezone.now())
    if is_claimed:
        request_harvest(source_id)
    return is_claimed
