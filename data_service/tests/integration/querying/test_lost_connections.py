"""A server that goes away without a word, and comes back."""

import os
import socket

import pytest
from django.core.signals import request_started
from psycopg import OperationalError

from data_service.querying import connections
from data_service.querying.connections import fetch_text, thread_connection
from data_service.querying.lag import LagCollector

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


def test_it_opens_a_new_connection_after_a_while(monkeypatch):
    old = thread_connection()
    monkeypatch.setattr(connections, "LONGEST_SECONDS", 0.0)
    connections.close()
    short = thread_connection()

    request_started.send(sender=None)

    assert old.closed
    assert short.closed
    assert thread_connection() is not short


def test_it_keeps_a_connection_from_request_to_request():
    connection = thread_connection()

    request_started.send(sender=None)

    assert thread_connection() is connection


def test_it_says_how_far_a_server_is_behind():
    (lag,) = LagCollector().collect()

    assert [(s.labels, s.value) for s in lag.samples] == [({"server": "local"}, 0.0)]


def test_it_says_nothing_of_a_server_that_is_away(monkeypatch):
    connections.close()
    monkeypatch.setattr(
        connections, "_conninfo", lambda: {"host": "127.0.0.1", "port": "1"}
    )

    assert list(LagCollector().collect()) == []
