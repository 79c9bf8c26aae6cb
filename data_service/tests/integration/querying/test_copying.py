"""Rows out of a COPY."""

import pytest
from psycopg import sql
from psycopg.errors import DivisionByZero
from psycopg.errors import SyntaxError as SqlSyntaxError

from data_service.querying.connections import open_connection
from data_service.querying.copying import BATCH_BYTES, SilentServerError, copy_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection():
    opened = open_connection(statement_timeout=0, name="test")
    yield opened
    opened.close()


def rows(connection, question, values=(), options="FORMAT csv"):
    batches = copy_rows(connection, sql.SQL(question), values, options=options)
    return [bytes(row) for batch in batches for row in batch]


def test_it_gives_lines_without_their_end(connection):
    question = "SELECT n, %s::text FROM generate_series(1, 2) AS n"

    assert rows(connection, question, ("a\n'b\"",)) == [
        b'1,"a\n\'b"""',
        b'2,"a\n\'b"""',
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_gives_texts_as_they_are(connection, count):
    question = r"SELECT e'\\ \n' || n FROM generate_series(1, %s) AS n"

    found = rows(connection, question, (count,), options="FORMAT binary")

    assert found == [f"\\ \n{n}".encode() for n in range(1, count + 1)]


@pytest.mark.parametrize("options", ["FORMAT csv", "FORMAT binary"])
def test_it_gives_batches_worth_sending(connection, options):
    question = sql.SQL("SELECT repeat('x', 1000) FROM generate_series(1, 500)")

    batches = list(copy_rows(connection, question, (), options=options))

    assert sum(map(len, batches)) == 500
    assert all(sum(map(len, b)) > BATCH_BYTES * 0.9 for b in batches[:-1])
    assert {bytes(row) for batch in batches for row in batch} == {b"x" * 1000}


def test_it_tells_what_is_wrong_from_the_start(connection):
    with pytest.raises(SqlSyntaxError):
        rows(connection, "SELECT FROM WHERE")


def test_it_waits_for_the_first_batch_only_so_long(connection):
    question = sql.SQL("SELECT pg_sleep(5)::text")
    batches = copy_rows(
        connection, question, (), options="FORMAT csv", first_within=0.05
    )

    with pytest.raises(SilentServerError):
        next(batches)


def test_it_waits_for_later_batches(connection):
    question = sql.SQL(
        "SELECT repeat('x', 1000) || CASE WHEN n = 500 THEN pg_sleep(0.5)::text "
        "ELSE '' END FROM generate_series(1, 500) AS n"
    )
    batches = copy_rows(
        connection, question, (), options="FORMAT csv", first_within=0.4
    )

    assert sum(map(len, batches)) == 500


def test_it_tells_what_goes_wrong_half_way(connection):
    question = "SELECT repeat('x', 1000), 1 / (500 - n) FROM generate_series(1, 500) n"
    batches = copy_rows(connection, sql.SQL(question), (), options="FORMAT csv")

    assert next(batches)
    with pytest.raises(DivisionByZero):
        list(batches)


def test_it_tells_when_the_server_goes_away(connection):
    question = sql.SQL("SELECT repeat('x', 1000) FROM generate_series(1, 1000000)")
    batches = copy_rows(connection, question, (), options="FORMAT csv")
    next(batches)
    with open_connection(statement_timeout=0, name="test") as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])

    with pytest.raises(Exception, match="terminat"):
        list(batches)
