"""Takes in a file that is sent: keeps it in the database, and asks for its import.

The database is the one place that every web process and every worker reaches, on
whatever machine; parts keep memory flat on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from data_service.models import Import, SentPart

from .errors import LostFileError, TooLargeError

IMPORT_TASK = "data_service.tasks.import_file"
PART_BYTES = 1 << 20
BYTES = "bytes"  # among the options: how large the file was when it came


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A file that is sent.

    Attributes:
        source: What to call it.
        options: What was asked, as plain values: `receiving` reads them.
        most_bytes: How large it may be.
        by: Who sends it.
    """

    dataset: str
    table: str
    source: str
    options: dict[str, Any]
    most_bytes: int
    by: str


@transaction.atomic
def take_in(sending: Sending, blocks: Iterator[bytes]) -> Import:
    """Keep a file, and defer its import: all of it, or nothing.

    Raises:
        TooLargeError: When it has more bytes than it may.
    """
    record = Import.objects.create(
        dataset=sending.dataset,
        table=sending.table,
        source=sending.source,
        started_by=sending.by,
        state=Import.State.WAITING,
        options=sending.options,
    )
    size = 0
    for block in blocks:
        size += len(block)
        if size > sending.most_bytes:
            raise TooLargeError(f"A file may have {sending.most_bytes} bytes.")
        SentPart.objects.create(record=record, body=block)
    record.options = {**sending.options, BYTES: size}
    record.save(update_fields=["options"])
    # One after the other: imports of a dataset exclude each other.
    task = app.configure_task(IMPORT_TASK, lock=f"{IMPORT_TASK} {sending.dataset}")
    task.defer(import_id=record.pk)
    return record


def write_parts(record: Import, target: Path) -> int:
    """Write a file that was sent to disk; give its size in bytes.

    Raises:
        LostFileError: When it is not all there any more.
    """
    numbers = record.parts.order_by("pk").values_list("pk", flat=True)
    size = 0
    with target.open("wb") as file:
        for number in numbers:
            part = SentPart.objects.get(pk=number)
            size += file.write(part.body)
    if size < (record.options or {}).get(BYTES, 0):
        raise LostFileError
    return size


def forget_parts(record: Import) -> None:
    """Remove the file of an import that has ended."""
    record.parts.all().delete()


def fail_lost() -> int:
    """Mark imports whose job was given up, and remove all files that nobody needs.

    Gives how many imports.
    """
    jobs = ProcrastinateJob.objects.filter(
        task_name=IMPORT_TASK, status__in=("todo", "doing")
    )
    alive = jobs.values(number=Cast(KT("args__import_id"), BigIntegerField()))
    sent = Import.objects.filter(options__isnull=False, state__in=Import.UNFINISHED)
    count = sent.exclude(pk__in=alive).update(
        state=Import.State.FAILED, finished_at=timezone.now()
    )
    SentPart.objects.exclude(record__state__in=Import.UNFINISHED).delete()
    return count
