"""Asks for a job on a physical table, unless somebody has."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from data_service.models import PhysicalTable


def defer_once(
    task_name: str, physical: PhysicalTable, *, priority: int = 0, **others: str
) -> bool:
    """Defer a job, within the caller's transaction; False if one waits or runs.

    One that waits beside one that runs would keep that from being tried again: only
    one of a name may wait.
    """
    name = " ".join((task_name, str(physical.pk), *others.values()))
    if ProcrastinateJob.objects.filter(lock=name, status="doing").exists():
        return False
    task = app.configure_task(
        task_name, queueing_lock=name, lock=name, priority=priority
    )
    try:
        with transaction.atomic():
            task.defer(physical_id=physical.pk, **others)
    except AlreadyEnqueued:
        return False
    return True
