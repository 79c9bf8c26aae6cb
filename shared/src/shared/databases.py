"""One URL names a database, for Django and for a raw psycopg connection alike.

The URL is libpq's own form, so several hosts with `load_balance_hosts` and
`target_session_attrs` work wherever the URL is used. With replicas after the primary,
reading goes on while the primary is away (ADR 0015).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from shared.logs import request_id

SCHEMES = ("postgresql", "postgres")
SERVER_VERSION = 180000
COLLATION = ("b", "C.UTF-8")
CONNECT_SECONDS = 5  # for each host that an address names
REPLICA_SECONDS = 5.0

_DJANGO_NAMES = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


def database(
    url: str, *, options: Mapping[str, object] | None = None, test_suffix: str = ""
) -> dict[str, Any]:
    """Return Django's settings of the database at `url`.

    A connection stays with its thread and is checked before it is used again after
    a pause. `test_suffix` keeps test databases of concurrent runs apart.
    """
    parameters = _parse(url)
    named = {
        django: str(parameters.pop(libpq, ""))
        for libpq, django in _DJANGO_NAMES.items()
    }
    defaults = {"connect_timeout": CONNECT_SECONDS, "application_name": "kade"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": defaults | parameters | dict(options or {}),
        "TEST": {"NAME": f"test_{named['NAME']}{test_suffix}"},
    }


def conninfo(url: str) -> str:
    """Return what `psycopg.connect` takes for `url`."""
    _parse(url)
    return url


def is_replica(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether what is connected to only replays what a primary writes.

    Or has been promoted, but may not be written to yet (`.swarm/promote`). The server
    says so by itself, with every change of it: nothing is asked here.
    """
    connection.ensure_connection()
    told = connection.connection.info.parameter_status
    return "on" in (told("in_hot_standby"), told("default_transaction_read_only"))


def sql_comment() -> str:
    """Give the id of the request that is being answered, as a comment of SQL.

    What PostgreSQL logs or shows of a statement so leads to the lines of both services
    (ADR 0033). The middleware lets nothing through that could end a comment.
    """
    current = request_id.get()
    return f"/* request_id={current} */ " if current else ""


def _execute(execute: Callable[..., Any], statement: object, *arguments: Any) -> Any:
    if isinstance(statement, str):
        statement = sql_comment() + statement
    return execute(statement, *arguments)


@receiver(connection_created)
def tell_request(connection: BaseDatabaseWrapper, **_sender: object) -> None:
    """Put the id of the request before every statement of Django."""
    if _execute not in connection.execute_wrappers:
        connection.execute_wrappers.append(_execute)


@receiver(connection_created)
def leave_replica_soon(connection: BaseDatabaseWrapper, **_sender: object) -> None:
    """Look for the primary again, at the first request after REPLICA_SECONDS."""
    if connection.vendor == "postgresql" and is_replica(connection):
        connection.close_at = time.monotonic() + REPLICA_SECONDS


def _parse(url: str) -> dict[str, Any]:
    try:
        return dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        # The URL is not repeated: it may hold a password.
        raise ImproperlyConfigured(
            "a database URL cannot be read; use postgresql://user@host:port/name"
        ) from error


@register(Tags.database)
def check_databases(
    databases: Sequence[str] | None = None, **_options: object
) -> list[CheckMessage]:
    """Return an error for each database whose server or collation is another."""
    return [error for alias in databases or () for error in _check(alias)]


def _check(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, datlocprovider, "
            "datlocale FROM pg_database WHERE datname = current_database()"
        )
        version, provider, locale = cursor.fetchone() or (0, "", "")
    errors: list[CheckMessage] = []
    if version < SERVER_VERSION:
        errors.append(_error(alias, 1, f"server {version // 10000}", "PostgreSQL 18"))
    if (provider, locale) != COLLATION:
        cure = (
            "a database made with CREATE DATABASE … TEMPLATE template0 "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
        )
        errors.append(_error(alias, 2, f"collation {provider}:{locale}", cure))
    return errors


def _error(alias: str, number: int, found: str, wanted: str) -> Error:
    return Error(
        f"database '{alias}' has {found}", hint=f"use {wanted}", id=f"kade.E00{number}"
    )
