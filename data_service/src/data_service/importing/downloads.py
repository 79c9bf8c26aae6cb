"""Asks for the files of a table to be made (ADR 0023)."""

from __future__ import annotations

from django.conf import settings

from data_service.models import PhysicalTable

from .deferring import defer_once

DOWNLOAD_TASK = "data_service.tasks.make_download"
KINDS = ("parquet", "gpkg", "xlsx")
_AFTER_RENDERING = -10  # a priority: what is asked for on every page goes first


def request_downloads(physical: PhysicalTable) -> int:
    """Defer a job for each kind, within the caller's transaction; give how many."""
    if not settings.MAKE_DOWNLOADS:
        return 0
    return sum(
        defer_once(DOWNLOAD_TASK, physical, priority=_AFTER_RENDERING, kind=kind)
        for kind in KINDS
    )
