"""The transaction of an import: how it is set up, and the lock that it holds."""

from __future__ import annotations

import psycopg
from django.db import connection as django_connection
from django.db.utils import OperationalError
from psycopg.errors import LockNotAvailable

from data_service.models import DatasetVersion

from .errors import BusyError, HeldError

Connection = psycopg.Connection[tuple[object, ...]]
_LOCK_TIMEOUT = "5s"
# An import may have taken an hour until then; who wants to go back has just begun.
_SWITCH_TIMEOUT = "10min"
_SETTINGS = (
    # Ends a statement soon after the client was killed, instead of at its end.
    ("client_connection_check_interval", "200ms"),
    ("statement_timeout", "0"),
    ("idle_in_transaction_session_timeout", "0"),
    ("transaction_timeout", "0"),
    # Date-times without offset are UTC.
    ("TimeZone", "UTC"),
    ("DateStyle", "ISO, YMD"),
    # Compiling a statement that runs once costs more than it gains.
    ("jit", "off"),
    ("work_mem", "128MB"),
    # Its table would lie in shared memory, of which a container has little: half a
    # gigabyte was used to compare two tables of a million rows, and no time was won.
    ("enable_parallel_hash", "off"),
    ("maintenance_work_mem", "256MB"),
)


def begin_import(connection: Connection, dataset: str) -> None:
    """Set up the current transaction and lock the dataset until its end.

    Raises:
        BusyError: When another import of the dataset is running.
    """
    for name, value in _SETTINGS:
        connection.execute("SELECT set_config(%s, %s, true)", (name, value))
    if not try_lock(connection, dataset):
        raise BusyError


def try_lock(connection: Connection, dataset: str) -> bool:
    """Take the lock of a dataset until the transaction ends, if it is free."""
    row = connection.execute(
        "SELECT pg_try_advisory_xact_lock(hashtextextended('kade import ' || %s, 0))",
        (dataset,),
    ).fetchone()
    return row is not None and row[0] is True


def lock_versions(dataset: str) -> list[DatasetVersion]:
    """Lock the versions of a dataset until the transaction ends, and give them.

    Whoever moves a pointer does so before reading it, so that nobody builds on what
    is about to be forgotten.

    Raises:
        BusyError: When somebody keeps them for longer than is worth waiting.
    """
    return _lock_versions(dataset, _LOCK_TIMEOUT)


def lock_versions_to_switch(dataset: str) -> None:
    """Lock them for an import that has read its file, which waits for its turn.

    Raises:
        HeldError: When that does not come.
    """
    try:
        _lock_versions(dataset, _SWITCH_TIMEOUT)
    except BusyError as error:
        raise HeldError from error


def _lock_versions(dataset: str, timeout: str) -> list[DatasetVersion]:
    versions = DatasetVersion.objects.select_for_update(no_key=True)
    before = _set_lock_timeout(timeout)
    try:
        locked = list(versions.filter(dataset=dataset).order_by("pk"))
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise BusyError from error
        raise
    _set_lock_timeout(before)
    return locked


def _set_lock_timeout(value: str) -> str:
    """Set it for the transaction; give what it was."""
    with django_connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), "
            "set_config('lock_timeout', %s, true)",
            [value],
        )
        return str(cursor.fetchone()[0])
