"""The record of each import, also of one that failed or was killed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils import timezone

from data_service.models import Import

from .errors import BusyError, HeldError, ImportingError, RefusedError


def start(dataset: str, table: str, source: str, by: str) -> Import:
    """Record an import that begins now."""
    return Import.objects.create(
        dataset=dataset, table=table, source=source, started_by=by
    )


@contextmanager
def finishing(record: Import) -> Iterator[None]:
    """Record how it ends, whatever happens within."""
    try:
        yield
    except RefusedError as error:
        _finish(
            record,
            state=Import.State.REFUSED,
            faults=error.faults.as_json(),
            fault_count=error.faults.count,
        )
        raise
    except HeldError as error:
        if record.options is None:  # one that was sent is done again
            refuse(record, [str(error)])
        raise
    except BusyError:
        # It has not begun: one that waited waits on, any other never was.
        Import.objects.filter(pk=record.pk, options__isnull=True).delete()
        raise
    except ImportingError as error:
        refuse(record, [str(error)])
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


def refuse(record: Import, reasons: Sequence[str]) -> None:
    """Record why it cannot be."""
    faults = [{"line": 0, "column": "", "value": "", "reason": r} for r in reasons]
    _finish(
        record,
        state=Import.State.REFUSED,
        faults=faults,
        fault_count=len(faults),
    )


def fail_killed(dataset: str, *, running: Import) -> int:
    """Mark earlier imports that never ended; the caller holds the dataset's lock."""
    killed = Import.objects.filter(dataset=dataset, state=Import.State.RUNNING)
    return killed.filter(pk__lt=running.pk).update(
        state=Import.State.FAILED, finished_at=timezone.now()
    )


def _finish(record: Import, **values: object) -> None:
    Import.objects.filter(pk=record.pk).update(finished_at=timezone.now(), **values)
