"""Reads delimited text: CSV, TSV and their relatives.

Structure is read and mended here, once, so that nothing after it sees a ragged row.
Line numbers are those of an editor: a row may take several lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from data_service.importing.decoding import Encoding, detect_encoding
from data_service.importing.faults import Faults, counted
from data_service.importing.headers import NULL_WORD
from data_service.importing.sniffing import Dialect, sniff_dialect

from .batches import BATCH_ROWS, MOST_COLUMNS, Batch, refuse_part
from .splitting import LONGEST_CELL, Splitter

# The reader goes on after a fault, to find them all; a file of faults is enough.
_MOST_BROKEN_ROWS = 1000


class CsvReader:
    """A delimited file. See `readers.batches.Reader` for its face.

    An encoding that is given is not checked: reading may end in a UnicodeDecodeError.
    """

    empty_is_null = True
    crs = ""

    def __init__(
        self,
        path: Path,
        faults: Faults,
        part: str = "",
        *,
        encoding: Encoding | None = None,
    ) -> None:
        refuse_part(path, part)
        self.path = path
        self.faults = faults
        self.size = path.stat().st_size
        self.doubts: list[str] = []
        self.facts: list[str] = []
        self._raw: io.BufferedReader | None = None
        if not self.size:
            faults.add(0, "is empty")
            return
        self.encoding = encoding or detect_encoding(path, faults)
        if not faults:
            self.dialect = sniff_dialect(path, self.encoding)
            self._describe()

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._raw.tell() if self._raw and not self._raw.closed else self.size

    def batches(self) -> Iterator[Batch]:
        """Give all rows; one batch without rows when there is only a header."""
        if self.faults:
            return
        with (
            closing(self.path.open("rb")) as self._raw,
            io.TextIOWrapper(self._raw, self.encoding.name, newline="") as file,
        ):
            file.seek(self.encoding.mark)
            for _ in range(self.dialect.skip):
                file.readline()
            yield from _Rows(file, self.dialect, self.faults, self.doubts).batches()

    def _describe(self) -> None:
        mark = " with byte-order mark" if self.encoding.mark else ""
        header = "in the first row" if self.dialect.has_header else "none"
        self.facts = [
            f"encoding {self.encoding.name}{mark}",
            self.dialect.describe(),
            f"names {header}",
        ]
        if self.encoding.name == "cp1252":
            self.doubts.append("not UTF-8; read as Windows-1252")
        if not self.dialect.has_header:
            self.doubts.append("the first row looks like data; the columns got numbers")


class _Rows:
    """The rows of an open file: counts lines, mends widths, notes faults."""

    def __init__(
        self,
        file: io.TextIOWrapper,
        dialect: Dialect,
        faults: Faults,
        doubts: list[str],
    ) -> None:
        self.dialect = dialect
        self.faults = faults
        self.doubts = doubts
        self.splitter = Splitter(file, dialect)
        self.names: tuple[str, ...] = ()
        self.ended = False
        self.broken = 0
        self.trailing = 0
        self.null_words = 0

    def batches(self) -> Iterator[Batch]:
        """Give the rows in batches, after the header."""
        rows, lines = self._header()
        count = 0
        while rows or not self.ended:
            if rows:
                count += len(rows)
                yield self._batch(rows, lines)
            rows, lines = self._read(BATCH_ROWS)
        if not count and not self.faults:
            self.doubts.append("there are no rows, only names")
            yield Batch(self.names, (), ())
        self._doubt()

    def _header(self) -> tuple[list[list[str]], Sequence[int]]:
        """Read the first row for its names; give it back when it is data."""
        rows, lines = self._read(1)
        while not rows and not self.ended:
            rows, lines = self._read(1)
        if not rows:
            self.faults.add(0, "has no rows")
            return [], []
        if len(rows[0]) > MOST_COLUMNS:
            reason = f"has {len(rows[0]):,} columns; {MOST_COLUMNS:,} are possible"
            self.faults.add(lines[0], reason)
            self.ended = True
        if self.dialect.has_header:
            self.names = tuple(name.strip() for name in rows[0])
            return [], []
        self.names = tuple(f"column{n}" for n in range(1, len(rows[0]) + 1))
        return rows, lines

    def _read(self, count: int) -> tuple[list[list[str]], Sequence[int]]:
        """Read up to `count` rows and the lines on which they start."""
        rows: list[list[str]] = []
        first = self._next_line()
        try:
            self.splitter.read(count, rows)
        except csv.Error as error:
            lines: Sequence[int] = _Lines(rows, first)
            self._note(error, first + _line_count(rows))
        else:
            self.ended = self.ended or not rows
            is_plain = self._next_line() - first == len(rows)
            lines = range(first, first + len(rows)) if is_plain else _Lines(rows, first)
        if all(rows):
            return rows, lines
        kept = [i for i, row in enumerate(rows) if row]
        return [rows[i] for i in kept], [lines[i] for i in kept]

    def _next_line(self) -> int:
        return self.dialect.skip + self.splitter.lines + 1

    def _note(self, error: csv.Error, start: int) -> None:
        """Note a row that cannot be read; the reader goes on after most."""
        self.broken += 1
        if "end of data" in str(error):
            quote = self.dialect.quote
            self.faults.add(start, f"has a quote {quote} that is never closed")
            return
        if "limit" in str(error):
            self.faults.add(start, f"has a cell of more than {LONGEST_CELL} letters")
            self.ended = True
            return
        quote = self.dialect.quote
        self.faults.add(self._next_line() - 1, f"has text after a closing {quote}")
        if self.broken >= _MOST_BROKEN_ROWS:
            self.faults.add(self._next_line(), "was not reached: too many faults")
            self.ended = True

    def _batch(self, rows: list[list[str]], lines: Sequence[int]) -> Batch:
        if set(map(len, rows)) != {len(self.names)}:
            rows, lines = self._mend(rows, lines)
        if any(NULL_WORD in row for row in rows):
            rows = [self._without_null_words(row) for row in rows]
        return Batch(self.names, lines, rows)

    def _mend(
        self, rows: list[list[str]], lines: Sequence[int]
    ) -> tuple[list[list[str]], Sequence[int]]:
        """Cut empty cells beyond the last column; other ragged rows are faults."""
        width = len(self.names)
        kept = []
        for row, line in zip(rows, lines, strict=True):
            if len(row) == width:
                kept.append((row, line))
            elif len(row) > width and not any(row[width:]):
                self.trailing += 1
                kept.append((row[:width], line))
            else:
                reason = f"has {counted(len(row), 'cell')}; the first row has {width:,}"
                self.faults.add(line, reason, value=self.dialect.delimiter.join(row))
        return [row for row, _ in kept], [line for _, line in kept]

    def _without_null_words(self, row: list[str]) -> list[str]:
        self.null_words += row.count(NULL_WORD)
        return ["" if cell == NULL_WORD else cell for cell in row]

    def _doubt(self) -> None:
        if self.trailing:
            rows = counted(self.trailing, "row")
            self.doubts.append(f"{rows} with empty cells beyond the last column")
        if self.null_words:
            cells = counted(self.null_words, "cell")
            self.doubts.append(f"{cells} {NULL_WORD} read as no value")


def _line_count(rows: Sequence[Sequence[str]]) -> int:
    return sum(map(_lines_of, rows))


def _lines_of(row: Sequence[str]) -> int:
    text = "\x1f".join(row)
    lines = 1 + text.count("\n")
    return lines + text.count("\r") - text.count("\r\n") if "\r" in text else lines


class _Lines(Sequence[int]):
    """The lines on which rows start, the first one on `first`; counted when asked for.

    Most imports never ask, and counting costs as much as checking three columns.
    """

    def __init__(self, rows: Sequence[Sequence[str]], first: int) -> None:
        self._rows = rows
        self._first = first

    @cached_property
    def _counted(self) -> list[int]:
        counts = map(_lines_of, self._rows[:-1])
        return list(accumulate(counts, initial=self._first))

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._counted[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._counted[: len(self._rows)])
