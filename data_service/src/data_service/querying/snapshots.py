"""What is served now: the pointer, read once per request, and what it points at.

It is read on the connection that reads the rows, so that a replica that lags shows an
older state, never a mixed one (ADR 0002); requests that come together share what one of
them read (recent.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset

from .connections import Row, fetch_rows, fetch_text

_SCHEMAS_KEPT = 256

_SERVED = b"""
SELECT d.path, v.name, v.is_default, v.current_id,
       t."table", p.id, p.row_count, p.rendered_by
  FROM data_service_dataset d
  JOIN data_service_datasetversion v ON v.dataset_id = d.id
  LEFT JOIN data_service_snapshottable t ON t.snapshot_id = v.current_id
  LEFT JOIN data_service_physicaltable p ON p.id = t.physical_id
 WHERE v.current_id IS NOT NULL
"""
_ORDER = b" ORDER BY d.path, v.is_default DESC, v.name, t.id"
# The tables that an address cannot mean are left out: a dataset may have hundreds.
_AT_PATHS = (
    _SERVED.replace(
        b"t.snapshot_id = v.current_id",
        b't.snapshot_id = v.current_id AND t."table" = ANY(%s)',
    )
    + b" AND d.path = ANY(%s)"
    + _ORDER
)
_ANYTHING = (
    b"SELECT 1 FROM data_service_datasetversion WHERE current_id IS NOT NULL LIMIT 1"
)
_SCHEMA = b"SELECT schema::text FROM data_service_snapshot WHERE id = %s"


class SnapshotGoneError(Exception):
    """The snapshot was dropped between two statements; the request may be repeated."""


@dataclass(frozen=True)
class Physical:
    """The table that holds the rows; `rendered_by` as in models.PhysicalTable."""

    id: int
    row_count: int
    rendered_by: str

    @property
    def name(self) -> str:
        """Name it within the schema `rows`."""
        return f"t{self.id}"

    @property
    def json_name(self) -> str:
        """Name its sibling with the finished JSON of each row."""
        return f"t{self.id}_json"


@dataclass(frozen=True)
class Served:
    """A version of a dataset, as one snapshot of it is served now."""

    path: str
    version: str
    is_default: bool
    snapshot_id: int
    tables: Mapping[str, Physical] = field(hash=False)

    @property
    def identity(self) -> tuple[str, str, bool, int]:
        """Tell it from every other state of what is served."""
        return self.path, self.version, self.is_default, self.snapshot_id

    @property
    def dataset(self) -> Dataset:
        """Give its schema, with its place under /v1."""
        return _dataset(self.snapshot_id, self.path, self.version)


def served_at(paths: Sequence[str], tables: Sequence[str]) -> tuple[Served, ...]:
    """Give the versions of the dataset with the longest of the paths; () for none.

    The default version comes first. Only the `tables` named are looked up.
    """
    rows = fetch_rows(_AT_PATHS, (tables, paths))
    longest = max((row[0] or b"" for row in rows), key=len, default=b"")
    return _group_known(tuple(row for row in rows if row[0] == longest))


def served_everywhere() -> tuple[Served, ...]:
    """Give every version of every dataset, in order of path, default versions first."""
    return _group(fetch_rows(_SERVED + _ORDER))


def is_anything_served() -> bool | str:
    """Tell whether there is something to serve, or why not: the check of /status."""
    return bool(fetch_rows(_ANYTHING)) or "no dataset is published"


def forget() -> None:
    """Empty the memory of schemas, which is right as long as ids are not used twice."""
    _dataset.cache_clear()


@lru_cache(maxsize=_SCHEMAS_KEPT)
def _group_known(rows: tuple[Row, ...]) -> tuple[Served, ...]:
    """Make the same of the same rows: they come until there is a next snapshot."""
    return _group(rows)


def _group(rows: Iterable[Row]) -> tuple[Served, ...]:
    """Make one of the rows of each version; a row names one of its tables, or none."""
    return tuple(
        Served(
            path.decode(),
            version.decode(),
            is_default == b"t",
            int(snapshot_id),
            _tables(group),
        )
        for (path, version, is_default, snapshot_id), group in groupby(
            rows, key=itemgetter(0, 1, 2, 3)
        )
    )


def _tables(rows: Iterable[Any]) -> dict[str, Physical]:
    return {
        table.decode(): Physical(int(number), int(count or 0), rendered_by.decode())
        for *_, table, number, count, rendered_by in rows
        if number is not None
    }


@lru_cache(maxsize=_SCHEMAS_KEPT)
def _dataset(snapshot_id: int, path: str, version: str) -> Dataset:
    text = fetch_text(_SCHEMA, (snapshot_id,))
    if text is None:
        raise SnapshotGoneError(snapshot_id)
    return replace(parse_dataset(json.loads(text)), path=path, version=version)
