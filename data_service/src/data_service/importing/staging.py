"""The staging table: the cells of a file as text, as they stand there.

It is a temporary table of the import's own transaction, so that neither a killed
import nor a crash of the server leaves anything of it. Rows are written with COPY, in
its text format, with a control character between cells: it does not occur in files,
so that whole rows are escaped at once, and most need not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import psycopg
from psycopg import sql

from .notations import Notation
from .readers.batches import Batch

NAME = sql.Identifier("pg_temp", "kade_staging")
LINE = sql.Identifier("_line")
# Numbers the rows in the order of the file; several may start on one line.
ROW = sql.Identifier("_row")
CELL = "\x1f"
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", CELL: f"\\{CELL}"})


def rewrite(
    connection: psycopg.Connection[Any], notations: Mapping[int, Notation]
) -> None:
    """Write the cells of columns our way; the order of the rows stays.

    The table is written anew, which an UPDATE would do in another order.
    """
    if not notations:
        return
    changes = [
        sql.SQL("ALTER COLUMN {0} TYPE text USING {1}").format(
            column(index), notation.expression(column(index))
        )
        for index, notation in notations.items()
    ]
    connection.execute(
        sql.SQL("ALTER TABLE {} {}").format(NAME, sql.SQL(", ").join(changes))
    )


def measure(
    connection: psycopg.Connection[Any], notations: Mapping[int, Notation]
) -> dict[int, tuple[float, float]]:
    """Give the least and the largest number of columns in a notation."""
    values = [notation.expression(column(i)) for i, notation in notations.items()]
    ends = [
        sql.SQL("{}(({})::numeric)").format(sql.SQL(end), value)
        for value in values
        for end in ("min", "max")
    ]
    if not ends:
        return {}
    query = sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(ends), NAME)
    found = [float(end) for end in connection.execute(query).fetchone() or ()]
    return dict(zip(notations, zip(found[::2], found[1::2], strict=True), strict=True))


def column(index: int) -> sql.Identifier:
    """Name the staging column of a column of the file."""
    return sql.Identifier(f"c{index}")


class Staging:
    """Writes batches into the staging table; wide enough for what it has met.

    Used as a context: leaving it ends the last COPY.
    """

    def __init__(
        self, connection: psycopg.Connection[object], *, empty_is_null: bool
    ) -> None:
        self._connection = connection
        self._null = "" if empty_is_null else r"\N"
        self._stack = ExitStack()
        self._copy: psycopg.Copy | None = None
        self.width = 0
        self.rows = self.bytes = 0
        # A caller's transaction may hold several imports.
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(NAME))
        connection.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE {} ({} bigint, {} bigint) ON COMMIT DROP"
            ).format(sql.Identifier("kade_staging"), ROW, LINE)
        )

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.__exit__(*exception)  # type: ignore[arg-type]

    def write(self, batch: Batch) -> None:
        """Write the rows of a batch."""
        if len(batch.names) > self.width:
            self._widen(len(batch.names))
        if self._copy is None:
            self._copy = self._start()
        if batch.rows:
            text = self._format(batch)
            self._copy.write(text)
            self.bytes += len(text)
            self.rows += len(batch.rows)

    def _widen(self, width: int) -> None:
        self._stack.close()
        self._copy = None
        added = sql.SQL(", ").join(
            sql.SQL("ADD COLUMN {} text").format(column(index))
            for index in range(self.width, width)
        )
        self._connection.execute(sql.SQL("ALTER TABLE {} {}").format(NAME, added))
        self.width = width

    def _start(self) -> psycopg.Copy:
        columns = [ROW, LINE, *map(column, range(self.width))]
        statement = sql.SQL("COPY {} ({}) FROM STDIN (DELIMITER {}, NULL {})").format(
            NAME, sql.SQL(", ").join(columns), sql.Literal(CELL), self._null
        )
        cursor = self._stack.enter_context(self._connection.cursor())
        return self._stack.enter_context(cursor.copy(statement))

    def _format(self, batch: Batch) -> bytes:
        numbers = range(self.rows + 1, self.rows + 1 + len(batch.rows))
        try:
            return _format_at_once(batch, numbers)
        except (TypeError, ControlCharacterError):
            return self._format_one_by_one(batch, numbers)

    def _format_one_by_one(self, batch: Batch, numbers: Iterable[int]) -> bytes:
        lines = []
        for number, line, row in zip(numbers, batch.lines, batch.rows, strict=True):
            cells = [self._null if c is None else c.translate(_ESCAPES) for c in row]
            lines.append(CELL.join([str(number), str(line), *cells]))
        return ("\n".join(lines) + "\n").encode()


class ControlCharacterError(ValueError):
    """A cell holds one of the characters between cells and rows."""


def _format_at_once(batch: Batch, numbers: Iterable[int]) -> bytes:
    """Format rows of text; a TypeError tells that some cell is None."""
    rows = [
        f"{number}{CELL}{line}{CELL}{CELL.join(row)}"  # type: ignore[arg-type]
        for number, line, row in zip(numbers, batch.lines, batch.rows, strict=True)
    ]
    return escape_rows(rows, len(batch.names) + 2)


def escape_rows(rows: Sequence[str], width: int) -> bytes:
    """Write rows, whose cells CELL parts, in the text format of COPY.

    Raises:
        ControlCharacterError: When a row has not `width` cells, or a NUL.
    """
    text = "\n".join(
        [row if "\n" not in row and "\\" not in row else _escape(row) for row in rows]
    )
    if "\r" in text:
        text = text.replace("\r", r"\r")
    if text.count(CELL) != len(rows) * (width - 1) or "\0" in text:
        raise ControlCharacterError
    return (text + "\n").encode()


def _escape(row: str) -> str:
    return row.replace("\\", r"\\").replace("\n", r"\n")
