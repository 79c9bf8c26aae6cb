"""The record of each import, also of one that failed or was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from data_service.models import Import

from .errors import BusyError, ImportingError, RefusedError


@contextmanager
def recorded(dataset: str, table: str, source: str, by: str) -> Iterator[Import]:
    """Keep a record of what happens within, whatever does."""
    record = Import.objects.create(
        dataset=dataset, table=table, source=source, started_by=by
    )
    try:
        yield record
    except RefusedError as error:
        _finish(
            record,
            state=Import.State.REFUSED,
            faults=error.faults.as_json(),
            fault_count=error.faults.count,
        )
        raise
    except BusyError:
        Import.objects.filter(pk=record.pk).delete()
        raise
    except ImportingError as error:
        _finish(
            record,
            state=Import.State.REFUSED,
            faults=[{"line": 0, "column": "", "value": "", "reason": str(error)}],
            fault_count=1,
        )
        raise
    except BaseException:
        _finish(record, state=Import.State.FAILED)
        raise
    _finish(
        record,
        state=Import.State.DONE,
        rows=record.rows,
        snapshot=record.snapshot,
        physical=record.physical,
    )


def fail_killed(dataset: str, *, running: Import) -> int:
    """Mark earlier imports that never ended; the caller holds the dataset's lock."""
    killed = Import.objects.filter(dataset=dataset, state=Import.State.RUNNING)
    return killed.filter(pk__lt=running.pk).update(
        state=Import.State.FAILED, finished_at=timezone.now()
    )


def _finish(record: Import, **values: object) -> None:
    Import.objects.filter(pk=record.pk).update(finished_at=timezone.now(), **values)
