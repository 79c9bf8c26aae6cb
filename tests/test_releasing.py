"""The stages after a deployment: the catalogue hears of it, and the team."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Listener(ThreadingHTTPServer):
    """A server that keeps what is sent to it, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 201
        self.heard: list[tuple[str, str, Any]] = []

    @property
    def url(self) -> str:
        """Give its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        token = self.headers.get("Authorization", "")
        self.server.heard.append((self.path, token, json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(script: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / ".jenkins" / script), *words],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("status", "told"), [(201, "is registered"), (409, "was registered already")]
)
def test_it_registers_every_service(listener: Listener, status: int, told: str) -> None:
    listener.status = status

    done = run(
        "register",
        "acceptance",
        CATALOG_URL=listener.url,
        DATA_URL="https://data.example.org",
        CATALOG_TOKEN="a token",
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count(told) == len(listener.heard) >= 2
    path, token, body = listener.heard[1]
    assert (path, token) == ("/v1/sources", "Bearer a token")
    assert body == {"url": "https://data.example.org"}


def test_it_says_what_the_catalogue_refused(listener: Listener) -> None:
    listener.status = 401

    done = run("register", "acceptance", CATALOG_URL=listener.url, CATALOG_TOKEN="x")

    assert done.returncode == 1
    assert f"{listener.url} answers 401" in done.stderr


def test_it_tells_the_team(listener: Listener) -> None:
    done = run("notify", "waiting", NOTIFY_URL=listener.url)

    assert done.returncode == 0, done.stderr
    ((_, _, body),) = listener.heard
    assert "production waits for approval" in body["text"]


def test_it_fails_no_release_for_a_message_that_is_lost(listener: Listener) -> None:
    listener.status = 500

    done = run("notify", "released", NOTIFY_URL=listener.url)

    assert done.returncode == 0
    assert "the message did not arrive" in done.stderr


def test_it_prints_what_nobody_is_told() -> None:
    done = run("notify", "released", NOTIFY_URL="")

    assert done.returncode == 0
    assert "production runs it" in done.stdout


def test_it_knows_what_there_is_to_tell() -> None:
    done = run("notify", "perhaps")

    assert done.returncode == 2
    assert "use waiting, released or failed" in done.stderr
