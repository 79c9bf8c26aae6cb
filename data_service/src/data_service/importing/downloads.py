"""Asks for the files of a table to be made (ADR 0023)."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from data_service.models import PhysicalTable

DOWNLOAD_TASK = "data_service.tasks.make_download"
KINDS = ("parquet", "gpkg", "xlsx")
_AFTER_RENDERING = -10  # a priority: what is asked for on every page goes first


def request_downloads(physical: PhysicalTable) -> int:
    """Defer a job for each kind, within the caller's transaction; give how many."""
    if not settings.MAKE_DOWNLOADS:
        return 0
    return sum(_request(physical, kind) for kind in KINDS)


def _request(physical: PhysicalTable, kind: str) -> bool:
    name = f"{DOWNLOAD_TASK} {physical.pk} {kind}"
    task = app.configure_task(
        DOWNLOAD_TASK, queueing_lock=name, lock=name, priority=_AFTER_RENDERING
    )
    try:
        with transaction.atomic():
            task.defer(physical_id=physical.pk, kind=kind)
    except AlreadyEnqueued:
        return False
    return True
