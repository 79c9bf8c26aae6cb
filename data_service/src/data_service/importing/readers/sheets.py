"""Where in a sheet the table is: what stands above it, its header, merged cells.

The header is the first row that is about as wide as the table and holds names; rows
above it are headings. A merged cell has its value in each row that it covers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import isfinite
from typing import Any

Row = Sequence[Any]
Range = tuple[tuple[int, int], tuple[int, int]]
_SAMPLE_ROWS = 200
# A header may leave some columns without a name.
_SHARE_OF_WIDTH = 0.6
_LONGEST_HEADER = 3


@dataclass(frozen=True)
class Found:
    """A table in a sheet: rows before `first` are headings or names."""

    names: tuple[str, ...]
    first: int
    headings: int


def find_table(rows: Sequence[Row], merged: Sequence[Range]) -> Found:
    """Find the header in the first rows of a sheet."""
    widths = [_count(row) for row in rows[:_SAMPLE_ROWS]]
    usual = _usual_width(widths)
    for index, row in enumerate(rows[:_SAMPLE_ROWS]):
        if widths[index] >= usual * _SHARE_OF_WIDTH and _are_names(row):
            return _with_second_line(rows, index, merged)
    start = next((i for i, width in enumerate(widths) if width), 0)
    width = max(map(len, rows), default=0)
    names = tuple(f"column{number}" for number in range(1, width + 1))
    return Found(names, start, start)


def _usual_width(widths: Sequence[int]) -> float:
    filled = sorted(width for width in widths if width)
    return filled[len(filled) // 2] if filled else 0


def _with_second_line(
    rows: Sequence[Row], index: int, merged: Sequence[Range]
) -> Found:
    """Put the lines of a header together: groups of columns stand over their names."""
    last = index
    spans = [r for r in merged if r[0][0] == index and r[1][0] == index]
    deep = [r for r in merged if r[0][0] == index and r[1][0] > index]
    if deep:
        last = min(max(r[1][0] for r in deep), index + _LONGEST_HEADER - 1)
    elif spans and index + 1 < len(rows) and _are_names(rows[index + 1]):
        last = index + 1
    lines = [list(row) for row in rows[index : last + 1]]
    for (top, left), (bottom, right) in merged:
        if index <= top and bottom <= last:
            for column in range(left, right + 1):
                lines[top - index][column] = rows[top][left]
    names = tuple(_joined(parts) for parts in zip(*lines, strict=True))
    return Found(names, last + 1, index)


def _joined(parts: Sequence[Any]) -> str:
    texts = [" ".join(str(part).split()) for part in parts if not _is_blank(part)]
    return " ".join(dict.fromkeys(texts))


def _are_names(row: Row) -> bool:
    """Tell whether the cells are texts, but for a few (a year is a name too)."""
    filled = [cell for cell in row if not _is_blank(cell)]
    texts = [cell for cell in filled if isinstance(cell, str)]
    return bool(filled) and len(texts) >= len(filled) * 0.75


def _count(row: Row) -> int:
    return sum(not _is_blank(cell) for cell in row)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def cell_text(cell: Any) -> tuple[str, str] | None:
    """Give the kind and the text of a cell; None when it is empty."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "boolean", "true" if cell else "false"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, date | time):  # a datetime is a date too
        return "string", cell.isoformat()
    if isinstance(cell, timedelta):
        return "string", str(cell)
    return "string", str(cell)


def _number(cell: float) -> tuple[str, str] | None:
    """Sheets know no integers: what has no fraction is one."""
    if not isfinite(cell):
        return None
    if float(cell).is_integer() and abs(cell) < 2**53:
        return "integer", str(int(cell))
    return "number", repr(cell)
