"""Clients that read slowly, or speak an old HTTP, while others want their pages."""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from live_server import EXPORT, ROWS, SEND_SECONDS, exports, wait_until

DOWNLOADS = 50
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@pytest.fixture
def dial(live_url):
    """Send the head of a request, and read nothing of the answer."""
    opened = []

    def connect(path, *, protocol="HTTP/1.1", coding="identity"):
        place = urlsplit(live_url)
        client = socket.socket()
        # Small, so that the server is soon told to wait.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(30)
        client.connect((place.hostname, place.port))
        lines = [f"GET {path} {protocol}", f"Host: {place.netloc}"]
        lines += [f"Accept-Encoding: {coding}", "", ""]
        client.sendall("\r\n".join(lines).encode())
        opened.append(client)
        return client

    yield connect
    for client in opened:
        client.close()
    wait_until(lambda: not exports())


def drain(client):
    """Read until the end; give the number of bytes."""
    size = 0
    while data := client.recv(65_536):
        size += len(data)
    return size


def peak_memory(server):
    """Give the most memory that a process of the server ever had, in kB."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    texts = [Path(f"/proc/{pid}/status").read_text() for pid in children.split()]
    return max(int(PEAK.search(text)[1]) for text in texts)


def test_it_gives_pages_to_others_at_once(dial, ask):
    slow = [dial(EXPORT) for _ in range(DOWNLOADS)]
    wait_until(lambda: len(exports()) == 4)

    started = time.monotonic()
    for _ in range(10):
        assert ask("/v1/trees/tree").status == 200

    # Not after the slow ones have been cut off.
    assert time.monotonic() - started < SEND_SECONDS
    heads = [client.recv(12) for client in slow]
    assert heads.count(b"HTTP/1.1 200") == 4
    assert heads.count(b"HTTP/1.1 503") == DOWNLOADS - 4


def test_it_cuts_off_a_client_that_reads_nothing(dial):
    client = dial(EXPORT)
    wait_until(exports)

    wait_until(lambda: not exports(), seconds=SEND_SECONDS + 8)

    with pytest.raises(ConnectionResetError):
        drain(client)


def test_it_gives_everything_to_old_clients(dial):
    assert drain(dial(EXPORT, protocol="HTTP/1.0")) > ROWS * 200


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_it_shows_old_clients_that_a_stream_failed(dial, coding):
    client = dial(EXPORT, protocol="HTTP/1.0", coding=coding)
    assert client.recv(12) == b"HTTP/1.0 200"

    with connection.cursor() as cursor:
        # An earlier test's export may be ending still.
        terminate = "SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid"
        cursor.execute(terminate, [exports()])

    with pytest.raises(ConnectionResetError):
        drain(client)


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_it_needs_no_memory_for_a_whole_table(ask, gunicorn, coding):
    ask("/v1/big/row?_format=csv&id[lt]=10", **{"Accept-Encoding": coding}).read()
    before = peak_memory(gunicorn)

    response = ask(EXPORT, **{"Accept-Encoding": coding})
    while response.read(65_536):
        pass

    assert peak_memory(gunicorn) - before < 10_000
