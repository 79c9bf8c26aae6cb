"""Request a live check, have the worker run it, keep what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from catalog_service.models import Api, LiveCheck, listed_apis
from shared.fetching import FetchError, UrlRefusedError, origin_of

from .asking import ask, server_of
from .checks import observe

LIVE_CHECK_TASK = "catalog_service.live_check"
INTERVAL = timedelta(days=1)
# After this, a check is taken to have died with its worker.
LEASE = timedelta(minutes=10)
KEPT_CHECKS = 20

logger = structlog.get_logger("kade.live_checking")


@transaction.atomic
def request_live_check(api: Api, *, by: str) -> LiveCheck:
    """Have an API checked soon; return the check, or the one that waits already."""
    Api.objects.select_for_update().get(pk=api.pk)
    waiting = api.live_checks.filter(state=LiveCheck.State.WAITING).first()
    if waiting is not None and waiting.requested_at > timezone.now() - LEASE:
        return waiting
    if waiting is not None:
        waiting.state = LiveCheck.State.FAILED
        waiting.message = "it was broken off"
        waiting.save()
    check = LiveCheck.objects.create(api=api, requested_by=by)
    app.configure_task(LIVE_CHECK_TASK).defer(check_id=check.pk)
    return check


def request_due_checks(*, at_most: int) -> int:
    """Request the checks of the day; return how many.

    Only of APIs whose document is read beside their server: whoever runs the one lets
    us ask the other, and no document sends us to somebody else every day.
    """
    since = timezone.now() - INTERVAL
    due = [api for api in _unchecked(since).iterator(chunk_size=100) if _is_own(api)]
    for api in due[:at_most]:
        request_live_check(api, by="worker")
    return len(due[:at_most])


def run_live_check(check_id: int) -> None:
    """Run a check that waits; one that was done or removed is nothing to do."""
    found = LiveCheck.objects.select_related("api__current").defer("api__current__raw")
    check = found.filter(pk=check_id, state=LiveCheck.State.WAITING).first()
    if check is None:
        return
    _run(check)
    check.finished_at = timezone.now()
    check.save()
    _forget_old(check.api)
    logger.info("live_check.ended", api=check.api_id, state=str(check.state))


def _run(check: LiveCheck) -> None:
    version = check.api.current
    check.state = LiveCheck.State.FAILED
    if version is None or not server_of(version):
        check.message = "the document names no server that can be asked"
        return
    try:
        answers = ask(version)
    except FetchError as error:
        check.message = str(error)
        return
    check.state = LiveCheck.State.DONE
    check.url = answers.url
    check.observations = observe(answers)


def _unchecked(since: datetime) -> QuerySet[Api]:
    recent = LiveCheck.objects.filter(requested_at__gt=since).values("api")
    found = listed_apis().filter(state=Api.State.LISTED, source__isnull=False)
    found = found.filter(current__isnull=False).exclude(pk__in=recent)
    return found.select_related("current").defer("current__raw", "current__findings")


def _is_own(api: Api) -> bool:
    """Tell whether the document is read at the origin of the server that it names."""
    if api.current is None:
        return False
    try:
        return origin_of(api.current.url) == origin_of(server_of(api.current))
    except UrlRefusedError:
        return False


def _forget_old(api: Api) -> None:
    kept = api.live_checks.order_by("-id").values("pk")[:KEPT_CHECKS]
    oldest = list(kept.values_list("pk", flat=True))[-1:]
    api.live_checks.filter(pk__lt=min(oldest, default=0)).delete()
