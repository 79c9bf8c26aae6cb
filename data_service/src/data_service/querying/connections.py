"""Connections for reading rows: raw, read-only, one per thread (ADR 0003).

A statement is prepared once on a connection that stays with its thread, and its result
is taken from libpq as bytes: a quarter of the time that a cursor takes for the same.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from typing import Any

import psycopg
from django.conf import settings
from django.core.signals import request_started
from django.db import connection as django_connection
from django.dispatch import receiver
from psycopg import OperationalError
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from shared.databases import CONNECT_SECONDS

Value = str | int | Sequence[str] | Sequence[int]
Row = tuple[bytes | None, ...]

_STATEMENTS_KEPT = 200
# Then it is opened anew, so that readers come back to a replica that was away.
LONGEST_SECONDS = 300.0
_PLACEHOLDER = re.compile(rb"%s")
_local = threading.local()


def fetch_rows(statement: bytes, values: Sequence[Value] = ()) -> list[Row]:
    """Run a statement and return its rows, each cell as the server wrote it."""
    result = _execute(statement, values)
    columns = range(result.nfields)
    return [
        tuple(result.get_value(row, column) for column in columns)
        for row in range(result.ntuples)
    ]


def fetch_texts(statement: bytes, values: Sequence[Value] = ()) -> list[bytes]:
    """Run a statement and return the first cell of each row; none may be NULL."""
    result = _execute(statement, values)
    cell = result.get_value
    return [cell(row, 0) or b"" for row in range(result.ntuples)]


def fetch_text(statement: bytes, values: Sequence[Value] = ()) -> bytes | None:
    """Run a statement and return its first cell; None for NULL, and for no row."""
    result = _execute(statement, values)
    return result.get_value(0, 0) if result.ntuples else None


def thread_connection() -> psycopg.Connection[Any]:
    """Return the thread's connection, alive, for what is not a prepared statement."""
    _execute(b"SELECT", ())
    return _session().connection


def close() -> None:
    """Close the thread's connection; the next statement opens another."""
    session = getattr(_local, "session", None)
    _local.session = None
    if session is not None:
        session.connection.close()


@receiver(request_started)
def close_old(**_sender: object) -> None:
    """Close what is older than LONGEST_SECONDS: at the beginning of a request only.

    All of a request is read on one connection, if that lives.
    """
    session = getattr(_local, "session", None)
    if session is not None and time.monotonic() > session.until:
        close()


def open_connection(
    *, statement_timeout: int, name: str, client_check: int = 0
) -> psycopg.Connection[Any]:
    """Open a read-only connection to the rows.

    `statement_timeout` is in milliseconds, 0 for none, and so is `client_check`: how
    often the server looks, during a statement, whether the client is still there.
    """
    parameters = {
        "default_transaction_read_only": "on",
        "statement_timeout": statement_timeout,
        "timezone": "UTC",  # rows are written in it
        "jit": "off",  # compiling takes longer than a page, and than most exports
        "client_connection_check_interval": client_check,
    }
    options = " ".join(f"-c {key}={value}" for key, value in parameters.items())
    conninfo = _conninfo()
    conninfo["options"] = f"{conninfo.get('options', '')} {options}".strip()
    conninfo["application_name"] = f"kade-{name}"
    # A server that fell off the network is noticed; it would be waited for otherwise.
    conninfo.setdefault("tcp_user_timeout", 10_000)
    conninfo.setdefault("connect_timeout", CONNECT_SECONDS)
    return psycopg.connect(**conninfo, autocommit=True)


def _execute(statement: bytes, values: Sequence[Value]) -> PGresult:
    """Run a statement on the thread's connection, on which it is prepared once.

    A connection that has died since is replaced, and the statement, which only reads,
    tried once more.
    """
    texts = [_text(value) for value in values]
    session = _session()
    try:
        return session.run(statement, texts)
    except OperationalError:
        if not session.connection.closed:
            raise
    close()
    return _session().run(statement, texts)


class _Session:
    """A connection and the names of the statements that are prepared on it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.until = time.monotonic() + LONGEST_SECONDS
        self._names: OrderedDict[bytes, bytes] = OrderedDict()
        self._numbers = count()

    def __del__(self) -> None:
        # The thread has ended, and its connection is of no use to another.
        self.connection.close()

    def run(self, statement: bytes, texts: Sequence[bytes]) -> PGresult:
        name = self._names.get(statement)
        if name is None:
            name = self._prepare(statement)
        else:
            self._names.move_to_end(statement)
        return _checked(self.connection.pgconn.exec_prepared(name, texts))

    def _prepare(self, statement: bytes) -> bytes:
        pgconn = self.connection.pgconn
        if len(self._names) >= _STATEMENTS_KEPT:
            _, oldest = self._names.popitem(last=False)
            _checked(pgconn.exec_(b"DEALLOCATE " + oldest))
        name = b"s%d" % next(self._numbers)
        numbers = count(1)
        numbered = _PLACEHOLDER.sub(lambda _: b"$%d" % next(numbers), statement)
        _checked(pgconn.prepare(name, numbered))
        self._names[statement] = name
        return name


def _session() -> _Session:
    session: _Session | None = getattr(_local, "session", None)
    if session is None or session.connection.closed:
        connection = open_connection(
            statement_timeout=settings.STATEMENT_TIMEOUT_MS, name="rows"
        )
        session = _local.session = _Session(connection)
    return session


def _checked(result: PGresult) -> PGresult:
    if result.status != ExecStatus.FATAL_ERROR:
        return result
    error = error_from_result(result)
    if error.sqlstate is None:
        # Not the server but libpq says so: the connection is lost.
        raise OperationalError(str(error)) from error
    raise error


def _text(value: Value) -> bytes:
    """Write a value as the server reads it; a list becomes an array literal."""
    if isinstance(value, (list, tuple)):
        return b"{" + b",".join(_quoted(_text(item)) for item in value) + b"}"
    return str(value).encode()


def _quoted(item: bytes) -> bytes:
    escaped = item.replace(b"\\", rb"\\").replace(b'"', rb"\"")
    return b'"' + escaped + b'"'


def _conninfo() -> dict[str, Any]:
    """Give ROWS_DATABASE_URL, or where Django connects to (in tests, another name)."""
    if settings.ROWS_DATABASE_URL:
        return conninfo_to_dict(settings.ROWS_DATABASE_URL)
    django = django_connection.settings_dict
    named = {
        "dbname": django["NAME"],
        "user": django["USER"],
        "password": django["PASSWORD"],
        "host": django["HOST"],
        "port": django["PORT"],
    }
    return {name: value for name, value in (django["OPTIONS"] | named).items() if value}
