"""Databases are made, and what does not fit is refused in one line."""

import os

import psycopg
import pytest
from psycopg import sql

from development.databases import ensure_database, given_databases, on_server
from development.errors import DevelopmentError
from development.places import SERVICES

SERVER = "postgresql://kade@db.example:5433/maintenance?sslmode=require"


@pytest.fixture
def database():
    """Give the URL of a database that is not there, and remove it afterwards."""
    name = f"development_{os.getpid()}"
    server = on_server(os.environ["DATABASE_URL"], "postgres")
    yield on_server(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL("DROP DATABASE IF EXISTS {}")
        connection.execute(statement.format(sql.Identifier(name)))


def test_it_chooses_nothing_when_nothing_is_set():
    assert given_databases({"DATABASE_URL": ""}) == {}


def test_it_puts_every_database_on_one_server():
    chosen = given_databases({"DATABASE_URL": SERVER})

    root = "postgresql://kade@db.example:5433"
    assert chosen == {
        service: ("DATABASE_URL", f"{root}/{service}?sslmode=require")
        for service in SERVICES
    }


def test_it_prefers_the_variable_of_the_service():
    chosen = given_databases({"DATA_DATABASE_URL": SERVER})

    assert chosen == {"data_service": ("DATA_DATABASE_URL", SERVER)}


def test_it_makes_the_database_with_the_builtin_collation(database):
    ensure_database(database, "DATABASE_URL")
    ensure_database(database, "DATABASE_URL")

    with psycopg.connect(database) as connection:
        row = connection.execute(
            "SELECT datlocprovider, datlocale FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    assert row == ("b", "C.UTF-8")


def test_it_refuses_another_collation(database):
    name = database.rpartition("/")[2]
    server = on_server(database, "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL(
            "CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
        )
        connection.execute(statement.format(sql.Identifier(name)))

    with pytest.raises(
        DevelopmentError, match=r"DATABASE_URL: .* has another collation"
    ):
        ensure_database(database, "DATABASE_URL")


def test_it_refuses_an_old_server(database, monkeypatch):
    monkeypatch.setattr("development.databases.OLDEST_SERVER", 990000)

    with pytest.raises(
        DevelopmentError, match="the server is PostgreSQL 18; 18 is needed"
    ):
        ensure_database(database, "DATABASE_URL")


def test_it_says_that_a_server_does_not_answer():
    url = "postgresql://kade:secret@127.0.0.1:9/x"

    with pytest.raises(DevelopmentError) as refused:
        ensure_database(url, "DATA_DATABASE_URL")

    sentence = str(refused.value)
    assert sentence.startswith("DATA_DATABASE_URL: no answer from 127.0.0.1:9: ")
    assert "secret" not in sentence
    assert "\n" not in sentence


def test_it_refuses_what_is_no_url():
    with pytest.raises(DevelopmentError, match="use postgresql://user@host:port"):
        ensure_database("mysql://x", "DATABASE_URL")
