"""Reads a whole file into the staging table, and learns about its columns meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from .coordinates import is_coordinate
from .profiling import Profile
from .progress import Progress
from .readers import Batch, Reader
from .staging import Staging

Check = Callable[[Batch], None]


def load(
    reader: Reader, staging: Staging, progress: Progress, check: Check
) -> list[Profile]:
    """Stage all rows; give the profile of each column.

    `check` sees each batch first, and notes what is wrong with its cells.
    """
    profiles: list[Profile] = []
    for batch in reader.batches():
        _add_columns(profiles, batch, staging.rows)
        check(batch)
        _see(profiles, batch)
        staging.write(batch)
        progress.read(staging.rows, reader.position, reader.size)
    return profiles


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
