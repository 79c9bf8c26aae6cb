"""Reads a whole file into a table, and learns about its columns meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import psycopg
from psycopg.errors import ProgramLimitExceeded, TooManyColumns

from .asking import option
from .coordinates import is_coordinate
from .faults import Faults
from .profiling import Profile
from .progress import Progress
from .readers import Batch, Reader

# Rows that are too long, and tables that are too wide.
TOO_LARGE = (ProgramLimitExceeded, TooManyColumns)


class Writer(Protocol):
    """Takes the batches of a file."""

    def write(self, batch: Batch) -> None:
        """Write the rows of a batch."""


def load(
    reader: Reader,
    writer: Writer,
    progress: Progress,
    *,
    check: Callable[[Batch], None],
    profiles: list[Profile],
) -> None:
    """Write all rows; fill `profiles` with what is learnt of each column.

    `check` sees each batch first, and notes what is wrong with its cells.
    """
    count = 0
    for batch in reader.batches():
        _add_columns(profiles, batch, count)
        check(batch)
        _see(profiles, batch)
        writer.write(batch)
        count += len(batch.rows)
        progress.read(count, reader.position, reader.size)


@contextmanager
def size_faults(faults: Faults) -> Iterator[None]:
    """Take rows and keys that PostgreSQL cannot hold for a fault of the file."""
    try:
        yield
    except TOO_LARGE as error:
        faults.add(0, _why_too_large(error))


def _why_too_large(error: psycopg.Error) -> str:
    """Say what PostgreSQL cannot hold, and what would help.

    A row has to fit a page of 8 kB, in which a long text takes 18 bytes that say where
    it stands, and a number or a moment 8.
    """
    reason = f"does not fit PostgreSQL: {error.diag.message_primary}"
    if error.diag.constraint_name:
        key = option("key")
        return f"{reason}; name another column with {key}, with values of 2,000 bytes"
    return (
        f"{reason}; there is room for some 450 texts or 1,000 numbers: leave columns "
        "out, or publish them as two tables"
    )


def _add_columns(profiles: list[Profile], batch: Batch, rows_before: int) -> None:
    for name in batch.names[len(profiles) :]:
        profile = Profile(name, tracks_range=is_coordinate(name))
        profile.add_missing(rows_before)
        profiles.append(profile)


def _see(profiles: list[Profile], batch: Batch) -> None:
    kinds = batch.kinds or (None,) * len(batch.names)
    columns = zip(*batch.rows, strict=True)
    for profile, cells, kind in zip(profiles, columns, kinds, strict=False):
        profile.see(cells, batch.lines, kind)
