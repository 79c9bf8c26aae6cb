"""Reads a sheet of a workbook: XLSX and its relatives, with calamine.

Calamine holds one sheet in memory; a workbook is bounded by what Excel can hold.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data_service.importing.errors import UnsupportedFileError
from data_service.importing.faults import UNSTORABLE, Faults, counted

from .batches import BATCH_ROWS, MOST_COLUMNS, Batch, choose_part, doubt_parts
from .sheets import Found, cell_text, find_table

# Of the parts of a workbook together, unpacked.
_MOST_BYTES = 2 * 1024**3
_SAMPLE_ROWS = 200
# A range that covers more is no cell but a decoration.
_MOST_MERGED = 10_000


class XlsxReader:
    """One sheet. See `readers.batches.Reader` for its face."""

    empty_is_null = False
    crs = ""

    def __init__(self, path: Path, faults: Faults, part: str = "") -> None:
        self.faults = faults
        self.size = path.stat().st_size
        self.doubts: list[str] = []
        self._rows_read = 0
        _refuse_bomb(path)
        try:
            workbook = CalamineWorkbook.from_path(path)
            names = _filled_sheets(workbook, part)
            self.sheet = choose_part(path, part, names, "sheet")
            self._sheet = workbook.get_sheet_by_name(self.sheet)
        except (CalamineError, OSError, ValueError) as error:
            raise UnsupportedFileError(
                f"{path.name} is no workbook: {error}"
            ) from error
        if not part and len(names) > 1:
            self.doubts.append(doubt_parts(self.sheet, names, "sheet"))
        self.facts = ["workbook", f"sheet {self.sheet}"]

    @property
    def position(self) -> int:
        """Bytes read so far, by the share of the rows."""
        total = max(self._sheet.height, 1)
        return self.size * min(self._rows_read, total) // total

    def batches(self) -> Iterator[Batch]:
        """Give all rows below the header that are not blank."""
        if self.faults:
            return
        merged = list(self._sheet.merged_cell_ranges or [])[:_MOST_MERGED]
        rows = iter(self._sheet.iter_rows())
        sample = [list(row) for row in islice(rows, _SAMPLE_ROWS)]
        found = find_table(sample, merged)
        if not any(found.names):
            self.faults.add(0, f"has no rows on sheet '{self.sheet}'")
            return
        self._tell(found, len(merged))
        self._rows_read = found.first
        if len(found.names) > MOST_COLUMNS:
            reason = f"has {len(found.names):,} columns; {MOST_COLUMNS:,} are possible"
            self.faults.add(found.first, reason)
            return
        below = _spread(chain(sample, map(list, rows)), merged, found.first)
        yield from self._batches(found.names, below)

    def _tell(self, found: Found, merged: int) -> None:
        if found.headings:
            self.doubts.append(
                f"headings left out: {counted(found.headings, 'row')} at the top"
            )
        if merged:
            cells = counted(merged, "merged cell")
            self.doubts.append(f"{cells}: the value is in each row that is covered")

    def _batches(
        self, names: tuple[str, ...], rows: Iterator[tuple[int, list[Any]]]
    ) -> Iterator[Batch]:
        count = blank = 0
        while part := list(islice(rows, BATCH_ROWS)):
            self._rows_read += len(part)
            kept = [(line, row) for line, row in part if any(map(_is_filled, row))]
            count, blank = count + len(kept), blank + len(part) - len(kept)
            if kept:
                yield self._batch(names, kept)
        if blank:
            self.doubts.append(f"{counted(blank, 'blank row')} left out")
        if not count:
            self.doubts.append("there are no rows, only names")
            yield Batch(names, (), (), tuple(frozenset() for _ in names))

    def _batch(
        self, names: tuple[str, ...], rows: Sequence[tuple[int, list[Any]]]
    ) -> Batch:
        kinds: list[set[str]] = [set() for _ in names]
        texts = []
        for line, row in rows:
            cells = [cell_text(cell) for cell in row[: len(names)]]
            for kind, cell, name in zip(kinds, cells, names, strict=False):
                if cell is not None:
                    kind.add(cell[0])
                    self._check(cell[1], line, name)
            cells += [None] * (len(names) - len(cells))
            texts.append(tuple(cell and cell[1] for cell in cells))
        lines = [line for line, _ in rows]
        return Batch(names, lines, texts, tuple(map(frozenset, kinds)))

    def _check(self, text: str, line: int, name: str) -> None:
        if UNSTORABLE.search(text):
            self.faults.add(line, "has a NUL character", column=name, value=text)


def _filled_sheets(workbook: CalamineWorkbook, part: str) -> list[str]:
    """Give the sheets that have cells; the one that was asked for in any case."""
    names = [
        sheet.name for sheet in workbook.sheets_metadata if "Work" in str(sheet.typ)
    ]
    filled = [n for n in names if n == part or _is_sheet(workbook.get_sheet_by_name(n))]
    return filled or names


def _is_sheet(sheet: CalamineSheet) -> bool:
    return sheet.height > 0


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _spread(
    rows: Iterator[list[Any]], merged: Sequence[Any], first: int
) -> Iterator[tuple[int, list[Any]]]:
    """Give the rows from `first` on with their lines, merged cells filled downwards."""
    covered = {
        (row, left): (top, left)
        for (top, left), (bottom, _) in merged
        for row in range(top + 1, bottom + 1)
        if bottom > top >= first
    }
    sources = set(covered.values())
    values: dict[tuple[int, int], Any] = {}
    columns = {column for _, column in covered}
    for index, row in enumerate(rows):
        for column in columns:
            place = (index, column)
            if place in sources:
                values[place] = row[column]
            if place in covered:
                row[column] = values.get(covered[place], row[column])
        if index >= first:
            yield index + 1, row


def _refuse_bomb(path: Path) -> None:
    """Refuse a workbook whose parts are too large unpacked, before that is done."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > _MOST_BYTES:
        raise UnsupportedFileError(f"{path.name} holds more than {_MOST_BYTES:,} bytes")
