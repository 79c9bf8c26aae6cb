"""Shows an import to whoever started it: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TextIO

from data_service.importing.faults import Faults, counted
from data_service.importing.publishing import Published
from data_service.schemas.tables import Dataset, Field, Table
from shared.links import public_url

_WIDTH = 30
_BAR_SECONDS = 0.1
_LINE_SECONDS = 5.0


class Shown:
    """Shows how far an import is. See `importing.progress.Progress`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._is_terminal = out.isatty()
        self._shown_at = time.monotonic()
        self._rows = 0
        self._opened = ""

    def opened(self, facts: Sequence[str]) -> None:
        """Say how the file is written."""
        line = "Read as: " + "; ".join(facts)
        if line != self._opened:
            self._opened = line
            self._line(line)

    def read(self, rows: int, position: int, size: int) -> None:
        """Show how much of the file was read."""
        self._rows = rows
        pause = _BAR_SECONDS if self._is_terminal else _LINE_SECONDS
        if time.monotonic() - self._shown_at < pause:
            return
        self._shown_at = time.monotonic()
        share = min(position / size, 1) if size else 1
        if not self._is_terminal:
            self._line(f"{share:4.0%} read, {counted(rows, 'row')}")
            return
        bar = "#" * int(share * _WIDTH)
        self._out.write(f"\r[{bar:<{_WIDTH}}] {share:4.0%} {counted(rows, 'row')}")
        self._out.flush()

    def inferred(self, table: Table, doubts: Sequence[str]) -> None:
        """Show the table that the file makes, and what is in doubt."""
        self._clear()
        self._line(f"Table {table.id}, identified by {table.key.id}:")
        for line in table_lines(table):
            self._line(f"  {line}")
        if doubts:
            self._line("In doubt:")
        for doubt in doubts:
            self._line(f"  - {doubt}")

    def step(self, name: str) -> None:
        """Say what is done now."""
        self._clear()
        if self._is_terminal:
            self._out.write(f"{counted(self._rows, 'row')} read; {name} …")
            self._out.flush()

    def compared(self, changes: Sequence[str]) -> None:
        """Show what changes for those who read what is served now."""
        self._clear()
        self._line("Against what is served:")
        for change in changes:
            self._line(f"  {change}")

    def finish(self) -> None:
        """Leave the terminal clean."""
        self._clear()

    def _clear(self) -> None:
        if self._is_terminal:
            self._out.write("\r\x1b[K")

    def _line(self, text: str) -> None:
        self._clear()
        self._out.write(f"{text}\n")


def table_lines(table: Table) -> list[str]:
    """Lay out the fields of a table in columns."""
    rows = [("field", "type", "required", "in the file"), *map(_cells, table.fields)]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    return [
        "  ".join(
            [*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[3]]
        ).rstrip()
        for row in rows
    ]


def _cells(field: Field) -> tuple[str, str, str, str]:
    kind = f"{field.type_name} ({field.crs})" if field.crs else field.type_name
    return field.id, kind, "yes" if field.required else "", field.provenance


def fault_lines(faults: Faults) -> Iterable[str]:
    """Write each fault that is shown, and how many are not."""
    yield from map(str, faults)
    hidden = faults.count - len(faults.shown)
    if hidden > 0:
        yield f"… and {hidden:,} more"


def published_lines(published: Published) -> Iterable[str]:
    """Say what is served now, and where."""
    dataset, table = published.dataset, published.table
    place = f"/v1/{path_of(dataset)}"
    if not published.is_default:
        place = f"{place}/{dataset.version}"
    rows = counted(published.rows, "row")
    if not published.is_new:
        yield f"Nothing removed: snapshot {published.snapshot_id} goes on, with {rows}."
        return
    yield f"Published {rows} as snapshot {published.snapshot_id}."
    yield f"  rows           {public_url(f'{place}/{table.id}')}"
    yield f"  documentation  {public_url(place)}"
    yield f"  page           {public_url(f'/datasets/{dataset.id}')}"
    if not published.is_default:
        yield (
            f"The address without a version goes on as it was; "
            f"`make_default {dataset.id} {dataset.version}` moves it."
        )


def path_of(dataset: Dataset) -> str:
    """Give the place of a dataset under /v1."""
    return dataset.path or dataset.id
