"""Reading the rows of a COPY from libpq, in batches of a size worth sending.

psycopg's own reader makes an event of each row; here a row costs a microsecond.
"""

from __future__ import annotations

import select
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

from shared.databases import sql_comment

BATCH_BYTES = 65_536
_MAGIC = b"PGCOPY\n\xff\r\n\0"
_SIGNATURE = len(_MAGIC) + 8  # flags, and the length of the header extension
_FIELD = 6  # the count of fields (int16) and the length of the one field (int32)
_NO_MORE = struct.pack("!h", -1)

Batch = list[memoryview]
Strip = Callable[[Batch], Batch]


class SilentServerError(Exception):
    """The server gave no rows in the time that there was."""


def copy_rows(
    connection: psycopg.Connection[Any],
    question: sql.Composable,
    values: Sequence[Any],
    *,
    options: LiteralString,
    first_within: float | None = None,
) -> Iterator[Batch]:
    """Yield the rows of a question in batches.

    `first_within` is how many seconds the first batch may take; later ones take as
    long as the statement may. Raises SilentServerError when it does not come.

    The rows of `FORMAT csv` are lines without their end; those of `FORMAT binary`,
    which must have one column of text, are that text. Nothing runs before the first
    batch is asked for.
    """
    # COPY takes no parameters, so psycopg writes the values in as quoted literals.
    text = psycopg.ClientCursor(connection).mogrify(
        sql.SQL("COPY ({}) TO STDOUT ({})").format(question, sql.SQL(options)),
        values,
    )
    strip = _strip_binary if options == "FORMAT binary" else _strip_line
    return _read(connection, f"{sql_comment()}{text}".encode(), strip, first_within)


def _read(
    connection: psycopg.Connection[Any],
    statement: bytes,
    strip: Strip,
    first_within: float | None,
) -> Iterator[Batch]:
    deadline = None if first_within is None else time.monotonic() + first_within
    _start(connection.pgconn, statement, deadline)
    batch: Batch = []
    size = 0
    while (data := _next_row(connection, deadline)) is not None:
        batch.append(data)
        size += len(data)
        if size >= BATCH_BYTES:
            yield strip(batch)
            batch, size, deadline = [], 0, None
    _finish(connection)
    yield strip(batch)


def _start(pgconn: PGconn, statement: bytes, deadline: float | None) -> None:
    """Send the statement; the server answers with its first rows, not before."""
    pgconn.send_query(statement)
    while pgconn.is_busy():
        _wait(pgconn, deadline)
    result = pgconn.get_result()
    if result is None:
        raise OperationalError("the server gave no result")
    if result.status != ExecStatus.COPY_OUT:
        while pgconn.get_result():
            pass
        raise error_from_result(result)


def _next_row(
    connection: psycopg.Connection[Any], deadline: float | None
) -> memoryview | None:
    """Wait for a row; None after the last. Waiting lets other threads go on."""
    pgconn = connection.pgconn
    while True:
        length, data = pgconn.get_copy_data(1)
        if length > 0:
            return data
        if length == -1:
            return None
        if length == -2:
            raise OperationalError(connection.info.error_message)
        _wait(pgconn, deadline)


def _wait(pgconn: PGconn, deadline: float | None) -> None:
    # Not select.select: it knows no file number above 1023.
    poller = select.poll()
    poller.register(pgconn.socket, select.POLLIN)
    left = None if deadline is None else max(deadline - time.monotonic(), 0) * 1000
    if not poller.poll(left):
        raise SilentServerError
    pgconn.consume_input()


def _finish(connection: psycopg.Connection[Any]) -> None:
    """Take the last results, raising what went wrong half way."""
    while result := connection.pgconn.get_result():
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)


def _strip_line(batch: Batch) -> Batch:
    return [row[:-1] for row in batch]


def _strip_binary(batch: Batch) -> Batch:
    if batch and batch[0][: len(_MAGIC)] == _MAGIC:
        batch[0] = batch[0][_SIGNATURE:]
    if batch and batch[-1] == _NO_MORE:
        batch.pop()
    return [row[_FIELD:] for row in batch]
