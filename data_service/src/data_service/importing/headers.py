"""Whether the first row of a file has names or is data like the rows below it.

A name over a column of numbers or dates is no number or date itself. Years are: a
table may well have one column per year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .cells import CELL_CHECKS

NULL_WORD = r"\N"
_TYPES = ("integer", "number", "string/date", "string/date-time", "boolean")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"1[5-9]\d\d|2[01]\d\d")
_LONGEST_NAME = 200


def looks_like_a_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row holds names rather than data."""
    if len(rows) < 2:
        return True
    first, below = rows[0], rows[1:]
    if any(len(cell) > _LONGEST_NAME for cell in first):
        return False
    votes = [
        _vote(cell.strip(), [row[i] for row in below if i < len(row)])
        for i, cell in enumerate(first)
    ]
    return "name" in votes or "data" not in votes


def _vote(cell: str, below: list[str]) -> str:
    """Say what a cell of the first row is, given the cells below it."""
    if cell == NULL_WORD:
        return "data"
    cells = [c for c in below if c and c != NULL_WORD]
    if not cell or not cells:
        return ""
    fitting = [fits for fits in _fits if all(map(fits, cells))]
    if not fitting:
        return ""
    if _YEAR.fullmatch(cell):
        return "year"
    return "data" if any(fits(cell) for fits in fitting) else "name"


_fits: tuple[Callable[[str], object], ...] = (
    *(CELL_CHECKS[name].fits for name in _TYPES),
    _DIGITS.fullmatch,
)
