"""Whole tables, streamed from PostgreSQL's COPY (ADR 0003).

An export has a connection of its own, with a statement time-out of its own. What ends
it is the client that goes away or reads too slowly, a server that is silent at the
start, and the hour that an export may last.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import psycopg
from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from data_service.formats.table import Copy
from data_service.querying.compiling import Source, copy_all
from data_service.querying.connections import open_connection
from data_service.querying.copying import SilentServerError, copy_rows
from data_service.querying.queries import Query
from shared.problems import UnavailableError

from .slots import RETRY_AFTER, Slot

FIRST_SECONDS = 60  # in which the server must have given a batch
LONGEST_SECONDS = 3600
_CLIENT_CHECK = 1000  # milliseconds
_LOCKS = 0x4B616465  # the namespace of our advisory locks: one lock for each place
_TAKE_PLACE = b"""
SELECT n FROM generate_series(1, %s) AS n
 WHERE pg_try_advisory_lock(%s, n) LIMIT 1
"""


class ExportAbortedError(Exception):
    """The export took too long; the connection is broken off, so that it shows."""


def export_response(
    request: HttpRequest, source: Source, query: Query, copy: Copy
) -> HttpResponseBase:
    """Answer with all rows that fit, as a stream.

    The first batch is read before the answer begins, so that what is wrong from the
    start gets its own status. Raises UnavailableError when too many run already.
    """
    if request.method == "HEAD":
        # A stream, whose length nobody states: that of the rows is not known.
        return StreamingHttpResponse()
    slot = Slot(request)
    try:
        return StreamingHttpResponse(Export(source, query, copy, slot))
    except BaseException:
        slot.give_back()
        raise


class Export:
    """The chunks of a document; closing it ends the statement.

    Closed or failed between its first chunk and its last, it cuts the client off.
    """

    def __init__(self, source: Source, query: Query, copy: Copy, slot: Slot) -> None:
        self._deadline = time.monotonic() + LONGEST_SECONDS
        self._slot = slot
        self._begun = False
        self._connection = _open()
        try:
            question, values = copy_all(source, query)
            copied = copy_rows(
                self._connection,
                question,
                values,
                options=copy.options,
                first_within=FIRST_SECONDS,
            )
            self._batches = map(source.finish_rows, copied)
            first = next(self._batches)
        except SilentServerError as error:
            self.close()
            raise UnavailableError(
                "The export took too long to begin.", retry_after=RETRY_AFTER
            ) from error
        except BaseException:
            self.close()
            raise
        self._chunks = self._write(copy, copy.opening(source.fields), first)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self._begun = True
        try:
            self._check_deadline()
            return next(self._chunks)
        except StopIteration:
            self._begun = False
            raise
        except BaseException:
            self.close()
            raise

    def _check_deadline(self) -> None:
        if time.monotonic() > self._deadline:
            raise ExportAbortedError

    def close(self) -> None:
        """Cancel the statement, if it still runs, and give the place back."""
        self._slot.give_back()
        if self._begun:
            self._begun = False
            self._slot.cut_off()
        if self._connection.closed:
            return
        # The rest would be sent and thrown away; a lost server is no matter here.
        with suppress(psycopg.Error):
            self._connection.pgconn.get_cancel().cancel()
        self._connection.close()

    def _write(
        self, copy: Copy, opening: bytes, first: Sequence[bytes | memoryview]
    ) -> Iterator[bytes]:
        yield opening + copy.separator.join(first)
        for batch in self._batches:
            if batch:
                yield copy.separator + copy.separator.join(batch)
        # At once, not when the server has noticed that the connection is closed.
        self._connection.execute(b"SELECT pg_advisory_unlock_all()")
        yield (copy.last if first else b"") + copy.closing
        self._connection.close()
        self._slot.give_back()


def _open() -> psycopg.Connection[Any]:
    """Open a connection that holds one of the places for exports."""
    connection = open_connection(
        # The deadline is seen between batches; this one ends a silent statement too.
        statement_timeout=round(LONGEST_SECONDS * 1000),
        client_check=_CLIENT_CHECK,
        name="export",
    )
    values: tuple[Any, ...] = (settings.EXPORTS_AT_ONCE, _LOCKS)
    if connection.execute(_TAKE_PLACE, values).fetchone() is None:
        connection.close()
        raise UnavailableError(
            "Too many exports run at the moment.", retry_after=RETRY_AFTER
        )
    return connection
