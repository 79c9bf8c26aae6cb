"""Whether the process, the database and the data are there, for those who watch."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from shared.databases import is_replica
from shared.metrics import MEDIA_TYPE, render_metrics
from shared.problems import UnavailableError

DataCheck = Callable[[], bool | str]


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer that the process is up, whatever the database does."""
    return _well()


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers too; a replica can be read, not written."""
    _check_database()
    return _well("read-only" if is_replica(connection) else "ok")


@require_safe
def has_data(_request: HttpRequest) -> HttpResponse:
    """Answer whether there is something to serve (STATUS_DATA_CHECK)."""
    _check_database()
    found = _ask_service()
    if found is True:
        return _well()
    raise UnavailableError(found or "There is nothing to serve yet.", retry_after=30)


@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    """Answer what Prometheus scrapes."""
    return HttpResponse(
        render_metrics(), content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )


def _ask_service() -> bool | str:
    if not settings.STATUS_DATA_CHECK:
        return True
    check: DataCheck = import_string(settings.STATUS_DATA_CHECK)
    return check()


def _check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise UnavailableError("The database does not answer.") from error


def _well(status: str = "ok") -> HttpResponse:
    return JsonResponse({"status": status}, headers={"Cache-Control": "no-store"})
