"""Batches of Apache Arrow as rows; what a Parquet file and a layer have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from data_service.importing.faults import Faults

from .arrow_cells import Column, cells_of, geometries_of, is_storable, refuse_unstorable
from .batches import BATCH_ROWS, MOST_COLUMNS, Batch
from .systems import System


class ArrowRows:
    """The rows of record batches; knows which columns are geometries, and in what CRS.

    `line` of a row is its number in the file.
    """

    def __init__(self, geometries: dict[str, System], faults: Faults) -> None:
        self.geometries = geometries
        self.faults = faults
        self.rows = 0
        self.empty = 0

    def batches(self, schema: Any, records: Iterable[Any]) -> Iterator[Batch]:
        """Give the rows of the columns that can be stored; at least one batch."""
        names = [f.name for f in schema if self._is_kept(f)]
        if len(names) > MOST_COLUMNS:
            reason = f"has {len(names):,} columns; {MOST_COLUMNS:,} are possible"
            self.faults.add(0, reason)
            return
        for record in records:
            for start in range(0, record.num_rows, BATCH_ROWS):
                yield self._batch(names, record.slice(start, BATCH_ROWS))
        if not self.rows and not self.faults:
            yield Batch(tuple(names), (), (), tuple(frozenset() for _ in names))

    def left_out(self, schema: Any) -> list[str]:
        """Name the columns that cannot be stored."""
        return [f.name for f in schema if not self._is_kept(f)]

    def _is_kept(self, field: Any) -> bool:
        return field.name in self.geometries or is_storable(field.type)

    def _batch(self, names: list[str], record: Any) -> Batch:
        lines = range(self.rows + 1, self.rows + 1 + record.num_rows)
        columns = [self._column(name, record.column(name), lines) for name in names]
        self.rows += record.num_rows
        rows = list(zip(*(column.cells for column in columns), strict=True))
        kinds = tuple(column.kinds for column in columns)
        return Batch(tuple(names), lines, rows, kinds)

    def _column(self, name: str, array: Any, lines: range) -> Column:
        system = self.geometries.get(name)
        if system is None:
            return refuse_unstorable(cells_of(array), lines, self.faults, name)
        column, empty = geometries_of(array, system, lines, self.faults, name)
        self.empty += empty
        return column
