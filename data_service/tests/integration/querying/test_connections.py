"""The connections that rows are read on."""

import gc
import threading

import pytest
from psycopg.errors import QueryCanceled, ReadOnlySqlTransaction, UndefinedTable

from data_service.querying import connections
from data_service.querying.connections import fetch_rows, fetch_text, fetch_texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_connection():
    connections.close()
    yield
    connections.close()


@pytest.mark.parametrize(
    ("cast", "value", "text"),
    [
        ("text", "é';--", "é';--"),
        ("bigint", 12, "12"),
        ("text[]", ["a", 'b"c\\', "d,{e}", ""], '{a,"b\\"c\\\\","d,{e}",""}'),
        ("bigint[]", [1, 2], "{1,2}"),
        ("bigint[]", [], "{}"),
    ],
)
def test_it_passes_values_as_they_are(cast, value, text):
    statement = f"SELECT %s::{cast}".encode()

    assert fetch_text(statement, (value,)) == text.encode()


def test_it_gives_no_text_for_no_row_and_for_null():
    assert fetch_text(b"SELECT 1 WHERE false") is None
    assert fetch_text(b"SELECT NULL") is None


def test_it_gives_the_texts_of_rows():
    assert fetch_texts(b"VALUES ('x', 1), ('', 2)") == [b"x", b""]
    assert fetch_texts(b"SELECT 1 WHERE false") == []


def test_it_gives_rows_as_bytes():
    assert fetch_rows(b"VALUES (1, NULL), (2, 'x')") == [(b"1", None), (b"2", b"x")]


def test_it_writes_nothing():
    with pytest.raises(ReadOnlySqlTransaction):
        fetch_text(b"DELETE FROM data_service_dataset")


def test_it_ends_a_statement_that_takes_too_long(settings):
    settings.STATEMENT_TIMEOUT_MS = 50

    with pytest.raises(QueryCanceled):
        fetch_text(b"SELECT pg_sleep(10)")
    assert fetch_text(b"SELECT 1") == b"1"


def test_it_tells_a_fault_of_the_statement_itself():
    with pytest.raises(UndefinedTable):
        fetch_text(b"SELECT * FROM rows.nothing")


def test_it_connects_again_when_the_server_ended_the_connection():
    process = fetch_text(b"SELECT pg_backend_pid()")
    with connections.open_connection(statement_timeout=0, name="test") as other:
        other.execute("SELECT pg_terminate_backend(%s)", [int(process)])

    assert fetch_text(b"SELECT pg_backend_pid()") != process


def test_it_prepares_no_more_statements_than_it_keeps(monkeypatch):
    monkeypatch.setattr(connections, "_STATEMENTS_KEPT", 3)
    statements = [f"SELECT {n}".encode() for n in range(6)]

    texts = [fetch_text(statement) for statement in statements * 2]

    assert texts == [str(n).encode() for n in range(6)] * 2
    assert fetch_text(b"SELECT count(*) FROM pg_prepared_statements") == b"3"


def test_it_has_a_connection_for_each_thread_that_ends_with_it():
    processes = []
    own = fetch_text(b"SELECT pg_backend_pid()")

    def ask():
        processes.append(fetch_text(b"SELECT pg_backend_pid()"))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert processes != [own]
    gc.collect()  # a connection that nobody closed would warn now


def test_it_reads_elsewhere_when_told_to(settings):
    settings.ROWS_DATABASE_URL = (
        f"{settings.DATABASE_URL}?application_name=x&options=-c%20work_mem%3D5MB"
    )

    assert fetch_text(b"SHOW work_mem") == b"5MB"
    assert fetch_text(b"SHOW timezone") == b"UTC"
