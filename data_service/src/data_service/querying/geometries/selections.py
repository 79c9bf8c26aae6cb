"""The rows that answer a question of place, as a set of ordinals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from psycopg import sql

Ordinals = np.ndarray[tuple[int], np.dtype[np.uint32]]
# More are faster told from a string of bits than looked up one by one.
_MOST_LISTED = 2000


@dataclass(frozen=True, eq=False)
class Selection:
    """Ordinals in ascending order, among those of a table with `row_count` rows."""

    ordinals: Ordinals
    row_count: int

    @classmethod
    def of(cls, parts: Iterable[Any], row_count: int) -> Selection:
        """Make one of arrays of ordinals, each of which occurs once."""
        arrays = [np.asarray(part, dtype=np.uint32) for part in parts]
        joined = np.concatenate(arrays) if arrays else np.empty(0, dtype=np.uint32)
        joined.sort()
        return cls(joined, row_count)

    def __len__(self) -> int:
        return len(self.ordinals)

    def page(self, first: int, count: int) -> list[int]:
        """Give some of the ordinals, from a place in their order."""
        listed: list[int] = self.ordinals[first : first + count].tolist()
        return listed

    def condition(self, alias: str) -> tuple[sql.Composable, tuple[Any, ...]]:
        """Write: the row is one of these."""
        ordinal = sql.Identifier(alias, "_ordinal")
        if len(self) <= _MOST_LISTED:
            listed = self.ordinals.tolist()
            return sql.SQL("{} = ANY(%s::bigint[])").format(ordinal), (listed,)
        is_set = sql.SQL("get_bit(%s::bytea, {}) = 1").format(ordinal)
        return is_set, (rf"\x{self._bits().hex()}",)

    def _bits(self) -> bytes:
        """Give one bit for each ordinal, in the order of PostgreSQL's get_bit."""
        flags = np.zeros(self.row_count + 1, dtype=bool)
        flags[self.ordinals] = True
        return np.packbits(flags, bitorder="little").tobytes()
