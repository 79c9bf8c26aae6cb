"""Reading the rows of a COPY from libpq, in batches of a size worth sending.

psycopg's own reader makes an event of each row; here a row costs a microsecond.
"""

from __future__ import annotations

import select
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import ExecStatus

BATCH_BYTES = 65_536
_MAGIC = b"PGCOPY\n\xff\r\n\0"
_SIGNATURE = len(_MAGIC) + 8  # flags, and the length of the header extension
_FIELD = 6  # the count of fields (int16) and the length of the one field (int32)
_NO_MORE = struct.pack("!h", -1)

Batch = list[memoryview]
Strip = Callable[[Batch], Batch]


def copy_rows(
    connection: psycopg.Connection[Any],
    question: sql.Composable,
    values: Sequence[Any],
    *,
    options: str,
) -> Iterator[Batch]:
    """Yield the rows of a question in batches.

    The rows of `csv` are lines without their end; those of `binary`, which must have
    one column of text, are that text. Nothing runs before the first batch is asked for.
    """
    # COPY takes no parameters, so psycopg writes the values in as quoted literals.
    text = psycopg.ClientCursor(connection).mogrify(
        sql.SQL("COPY ({}) TO STDOUT (FORMAT {})").format(question, sql.SQL(options)),
        values,
    )
    strip = _strip_binary if options == "binary" else _strip_line
    return _read(connection, text.encode(), strip)


def _read(
    connection: psycopg.Connection[Any], statement: bytes, strip: Strip
) -> Iterator[Batch]:
    pgconn = connection.pgconn
    result = pgconn.exec_(statement)
    if result.status != ExecStatus.COPY_OUT:
        raise error_from_result(result)
    batch: Batch = []
    size = 0
    while (data := _next_row(connection)) is not None:
        batch.append(data)
        size += len(data)
        if size >= BATCH_BYTES:
            yield strip(batch)
            batch, size = [], 0
    _finish(connection)
    yield strip(batch)


def _next_row(connection: psycopg.Connection[Any]) -> memoryview | None:
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
        # Not select.select: it knows no file number above 1023.
        poller = select.poll()
        poller.register(pgconn.socket, select.POLLIN)
        poller.poll()
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
