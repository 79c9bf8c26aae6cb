"""Asks for the finished JSON of a table's rows to be stored (ADR 0003)."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from data_service.models import PhysicalTable

RENDER_TASK = "data_service.tasks.render_rows"
# In bytes of text. A longer row costs more to read twice than to render on request.
LONGEST_STORED_ROW = 2000


def is_worth_storing(physical: PhysicalTable) -> bool:
    """Tell whether rows are short enough to gain from being stored."""
    return bool(physical.statistics.get("average_row_bytes", 0) < LONGEST_STORED_ROW)


def request_rendering(physical: PhysicalTable) -> bool:
    """Defer the job, within the caller's transaction, unless it waits already."""
    return defer_once(RENDER_TASK, physical)


def defer_once(task_name: str, physical: PhysicalTable) -> bool:
    """Defer a job on a table, within the caller's transaction; False if one waits."""
    name = f"{task_name} {physical.pk}"
    task = app.configure_task(task_name, queueing_lock=name, lock=name)
    try:
        with transaction.atomic():
            task.defer(physical_id=physical.pk)
    except AlreadyEnqueued:
        return False
    return True
