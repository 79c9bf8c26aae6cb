"""The database of each service: where it is, made when missing, refused when unfit."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from development.errors import DevelopmentError, DiskFullError
from development.places import SERVICES, variable

OLDEST_SERVER = 180000
CONNECT_SECONDS = 5


def given_databases(environment: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Read which databases a person chose: variable and URL per service, if any.

    `DATABASE_URL` is a server on which each service gets a database by its own name.
    """
    chosen: dict[str, tuple[str, str]] = {}
    for service in SERVICES:
        own = variable(service, "DATABASE_URL")
        if environment.get(own):
            chosen[service] = (own, environment[own])
        elif environment.get("DATABASE_URL"):
            url = on_server(environment["DATABASE_URL"], service)
            chosen[service] = ("DATABASE_URL", url)
    return chosen


def on_server(url: str, database: str) -> str:
    """Give the URL of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def ensure_database(url: str, variable: str) -> None:
    """Make the database when it is not there, and refuse one that does not fit.

    Raises:
        DevelopmentError: the server does not answer or is too old, or the database
            has another collation; `variable` is named as what to change.
    """
    parameters = _parse(url, variable)
    name = str(parameters.get("dbname", ""))
    with _connect(url, variable) as connection:
        _refuse_old_server(connection, variable)
        if not _collation(connection, name):
            _create(connection, name, variable)
        _refuse_collation(_collation(connection, name), name, variable)


def _parse(url: str, variable: str) -> dict[str, object]:
    try:
        return dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        raise DevelopmentError(
            f"{variable} is not a URL of PostgreSQL: use postgresql://user@host:port/."
        ) from error


def _connect(url: str, variable: str) -> psycopg.Connection:
    """Connect to `postgres`, or to the database itself where that is not allowed."""
    reason = ""
    for each in (on_server(url, "postgres"), url):
        try:
            return psycopg.connect(
                each, connect_timeout=CONNECT_SECONDS, autocommit=True
            )
        except psycopg.OperationalError as error:
            reason = reason or _first_sentence(error)
    parameters = _parse(url, variable)
    place = f"{parameters.get('host', 'localhost')}:{parameters.get('port', 5432)}"
    raise DevelopmentError(
        f"{variable}: no answer from {place}: {reason}."
        f" Start that server or mend the URL; without {variable} we start our own."
    )


def _first_sentence(error: psycopg.Error) -> str:
    lines = str(error).strip().splitlines() or ["it does not say why"]
    return lines[0].rpartition("failed: ")[2].rstrip(".")


def _refuse_old_server(connection: psycopg.Connection, variable: str) -> None:
    version = connection.info.server_version
    if version < OLDEST_SERVER:
        raise DevelopmentError(
            f"{variable}: the server is PostgreSQL {version // 10000}; 18 is needed."
            f" Name another, or unset {variable} and we start our own."
        )


def _collation(connection: psycopg.Connection, name: str) -> tuple[str, str] | None:
    statement = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = %s"
    row = connection.execute(statement, (name,)).fetchone()
    return (str(row[0]), str(row[1])) if row else None


def _create(connection: psycopg.Connection, name: str, variable: str) -> None:
    statement = sql.SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
        " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    )
    try:
        connection.execute(statement.format(sql.Identifier(name)))
    except psycopg.errors.DuplicateDatabase:
        return  # another verb made it just now
    except psycopg.errors.DiskFull as error:
        raise DiskFullError(f"the server of {variable}") from error
    except psycopg.Error as error:
        raise DevelopmentError(
            f"{variable}: database {name} could not be made: {_first_sentence(error)}."
            " Make it yourself, or name a user who may (CREATEDB)."
        ) from error


def _refuse_collation(found: tuple[str, str] | None, name: str, variable: str) -> None:
    if found != ("b", "C.UTF-8"):
        has = f"provider {found[0]}, locale {found[1]}" if found else "none"
        raise DevelopmentError(
            f"{variable}: database {name} has another collation ({has}) than the"
            " builtin C.UTF-8: drop it and it is made anew, or name another."
        )
