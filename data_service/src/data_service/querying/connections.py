"""Connections for reading rows: raw, read-only, one per thread (ADR 0003).

A statement that is prepared on a connection that stays with its thread, and whose
result is taken as bytes, costs half of what Django's cursor costs.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection as django_connection
from psycopg import OperationalError
from psycopg.conninfo import conninfo_to_dict

Row = tuple[Any, ...]

_local = threading.local()


def execute(statement: bytes, values: Sequence[Any] = ()) -> psycopg.Cursor[Row]:
    """Run a statement on the thread's connection, prepared there once.

    A connection that has died since is replaced, and the statement, which only reads,
    tried once more.
    """
    connection = _connection()
    try:
        return connection.execute(statement, values, prepare=True)
    except OperationalError:
        if not connection.closed:
            raise
    close()
    return _connection().execute(statement, values, prepare=True)


def fetch_text(statement: bytes, values: Sequence[Any] = ()) -> bytes | None:
    """Run a statement and return its first cell as the server sent it.

    None stands for no row, and for NULL.
    """
    result = execute(statement, values).pgresult
    if result is None or not result.ntuples:
        return None
    return result.get_value(0, 0)


def thread_connection() -> psycopg.Connection[Row]:
    """Return the thread's connection, for what `execute` cannot do; do not keep it."""
    execute(b"SELECT")
    return _connection()


def close() -> None:
    """Close the thread's connection; the next statement opens another."""
    connection = getattr(_local, "connection", None)
    _local.connection = None
    if connection is not None:
        connection.close()


def open_connection(*, statement_timeout: int, name: str) -> psycopg.Connection[Row]:
    """Open a read-only connection to the rows.

    `statement_timeout` is in milliseconds, 0 for none. The server ends the statement of
    a client that is gone.
    """
    parameters = {
        "default_transaction_read_only": "on",
        "statement_timeout": statement_timeout,
        "timezone": "UTC",
        "client_connection_check_interval": 1000,
    }
    options = " ".join(f"-c {key}={value}" for key, value in parameters.items())
    conninfo = _conninfo()
    conninfo["options"] = f"{conninfo.get('options', '')} {options}".strip()
    conninfo["application_name"] = f"kade-{name}"
    return psycopg.connect(**conninfo, autocommit=True)


def _connection() -> psycopg.Connection[Row]:
    connection: psycopg.Connection[Row] | None = getattr(_local, "connection", None)
    if connection is None or connection.closed:
        connection = open_connection(
            statement_timeout=settings.STATEMENT_TIMEOUT_MS, name="rows"
        )
        _local.connection = connection
    return connection


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
