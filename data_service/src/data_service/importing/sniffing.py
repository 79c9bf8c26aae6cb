"""How a delimited file is written: delimiter, quotes, header.

Each way of reading the first part of the file is tried; the one under which most rows
have the width of the header wins. Among equals tab, bar and semicolon go before the
comma, which stands in numbers and in text too.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .decoding import Encoding
from .faults import cut
from .headers import looks_like_a_header

DELIMITERS = ("\t", "|", ";", ",")
# They stand in times and texts too, so every row must agree on one of them.
_RARE = ("\x1f", "\x01", "^", "~", "¦", "§", "¬", "#", ":", "=", "/")
_WELL_AGREED = 0.8
QUOTES = ('"', "'", "$", "`")
NAMES = {"\t": "tab", "|": "bar |", ";": "semicolon ;", ",": "comma ,"}
_SAMPLE_LETTERS = 1 << 16
_SAMPLE_ROWS = 500
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How to read a delimited file.

    `skip` counts the lines before the first row (Excel's `sep=;`); `width` is the
    number of columns of the header.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    skip: int = 0
    has_header: bool = True

    def describe(self) -> str:
        """Say it in words, for a person."""
        escape = ", escaped by backslash" if self.escape else ""
        name = NAMES.get(self.delimiter, cut(self.delimiter))
        return f"delimiter {name}, quote {self.quote}{escape}"


@dataclass(frozen=True)
class _Trial:
    """One way of reading the sample, and how well its rows agree."""

    dialect: Dialect
    agreement: float
    quoted: int


def sniff_dialect(path: Path, encoding: Encoding) -> Dialect:
    """Find how a delimited file is written, from its first part."""
    with path.open("rb") as raw:
        raw.seek(encoding.mark)
        with io.TextIOWrapper(raw, encoding.name, "replace", newline="") as file:
            sample = file.read(_SAMPLE_LETTERS)
            complete = not file.read(1)
    return sniff_text(sample, complete=complete)


def sniff_text(sample: str, *, complete: bool = True) -> Dialect:
    """Find how a sample is written; an incomplete one may end within a row."""
    base = Dialect()
    separator = _SEPARATOR_LINE.match(sample)
    if separator:
        base = Dialect(delimiter=separator[1], skip=1)
        sample = sample[separator.end() :]
    dialect = base if separator else _best(sample, complete=complete)
    rows, _ = _rows(sample, dialect, complete=complete)
    return replace(dialect, has_header=looks_like_a_header(rows))


def _best(sample: str, *, complete: bool) -> Dialect:
    trials = [
        trial
        for quote in QUOTES
        for escape in (None, "\\")
        for delimiter in DELIMITERS
        if (trial := _try(sample, Dialect(delimiter, quote, escape), complete=complete))
    ]
    best = max(trials, key=_rank, default=None)
    if best is not None and best.agreement >= _WELL_AGREED:
        return best.dialect
    rare = _rare_dialect(sample, complete=complete)
    if rare is not None:
        return rare
    return best.dialect if best else _single_column(sample)


def _rare_dialect(sample: str, *, complete: bool) -> Dialect | None:
    """Find a rare delimiter by which all rows have the width of the header."""
    for delimiter in _RARE:
        dialect = Dialect(delimiter)
        rows, errors = _rows(sample, dialect, complete=complete)
        widths = {len(row) for row in rows}
        is_agreed = len(widths) == 1 and not errors and len(rows) > 1
        if is_agreed and widths.pop() > 1 and looks_like_a_header(rows):
            return dialect
    return None


def _try(sample: str, dialect: Dialect, *, complete: bool) -> _Trial | None:
    """Read the sample so; None when it makes one column, or quotes nothing."""
    quoted = len(_opening(dialect).findall(sample))
    if not quoted and (dialect.quote != QUOTES[0] or dialect.escape):
        return None
    rows, errors = _rows(sample, dialect, complete=complete)
    widths = Counter(map(_width, rows))
    width, count = max(widths.items(), key=lambda w: w[1], default=(0, 0))
    if width < 2 and rows:
        # What stands between names parts columns, even if few rows have it.
        width = _width(rows[0])
        count = widths[width]
    if width < 2:
        return None
    agreement = count / (len(rows) + 10 * errors)
    if _width(rows[0]) != width and len(rows[0]) + 1 != width:
        agreement -= 0.1
    return _Trial(dialect, round(agreement, 2), quoted)


def _rank(trial: _Trial) -> tuple[float, ...]:
    dialect = trial.dialect
    return (
        trial.agreement,
        bool(trial.quoted),
        dialect.escape is None,
        -QUOTES.index(dialect.quote),
        -DELIMITERS.index(dialect.delimiter),
    )


def _opening(dialect: Dialect) -> re.Pattern[str]:
    """Match a quoted cell's opening quote, and that it is closed somewhere."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    return re.compile(rf"(?:^|{delimiter}){quote}[^{quote}]*{quote}", re.MULTILINE)


def _width(row: list[str]) -> int:
    """Count the cells, without the empty one after a trailing delimiter."""
    return len(row) - 1 if len(row) > 2 and not row[-1] else len(row)


def _rows(
    sample: str, dialect: Dialect, *, complete: bool
) -> tuple[list[list[str]], int]:
    """Read the first rows, and count what cannot be read."""
    reader = csv.reader(io.StringIO(sample, newline=""), **csv_options(dialect))
    rows: list[list[str]] = []
    errors = 0
    while len(rows) < _SAMPLE_ROWS:
        try:
            row = next(reader, None)
        except csv.Error:
            errors += 1
            continue
        if row is None:
            break
        if row:
            rows.append(row)
    if not complete and len(rows) < _SAMPLE_ROWS:
        return rows[:-1] or rows, max(errors - 1, 0)
    return rows, errors


def csv_options(dialect: Dialect) -> dict[str, Any]:
    """Give the arguments of `csv.reader` for a dialect."""
    return {
        "delimiter": dialect.delimiter,
        "quotechar": dialect.quote,
        "escapechar": dialect.escape,
        "strict": True,
    }


def _single_column(sample: str) -> Dialect:
    absent = (d for d in reversed(DELIMITERS) if d not in sample)
    return Dialect(delimiter=next(absent, ","))
