"""A server that goes away without a word, and comes back."""

import os
import socket

import pytest
from psycopg import OperationalError

from data_service.querying import connections
from data_service.querying.connections import fetch_text, thread_connection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_connection():
    connections.close()
    yield
    connections.close()


def cut(connection):
    """Cut the wire from our side: the server cannot say goodbye."""
    with socket.socket(fileno=os.dup(connection.pgconn.socket)) as wire:
        wire.shutdown(socket.SHUT_RDWR)


def test_it_reads_on_after_the_wire_was_cut():
    assert fetch_text(b"SELECT 1") == b"1"
    cut(thread_connection())

    assert fetch_text(b"SELECT 1") == b"1"


def test_it_fails_as_an_unreachable_database_does(monkeypatch):
    fetch_text(b"SELECT 1")
    cut(thread_connection())
    monkeypatch.setattr(
        connections, "_conninfo", lambda: {"host": "127.0.0.1", "port": "1"}
    )

    with pytest.raises(OperationalError):
        fetch_text(b"SELECT 1")
