"""Errors go to Sentry where a service is told to, and nowhere else."""

import gzip
import logging
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from shared.logs import request_id
from shared.reporting import report_errors


class Handler(BaseHTTPRequestHandler):
    """What stands for Sentry."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.server.heard.append((self.path, gzip.decompress(body) if packed else body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def sentry():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.heard = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_it_sends_a_defect_and_no_variables(sentry):
    import sentry_sdk

    port = sentry.server_address[1]
    report_errors(f"http://key@127.0.0.1:{port}/7", service="tests")
    token = request_id.set("from-the-gateway")
    secret = "".join(("not for ", "others"))
    try:
        _ = len(secret) / 0
    except ZeroDivisionError:
        logging.getLogger("kade.tests").exception("went wrong")
    request_id.reset(token)
    sentry_sdk.flush(10)
    sentry_sdk.init()

    ((path, body),) = sentry.heard
    assert path == "/api/7/envelope/"
    assert b"ZeroDivisionError" in body
    assert b"from-the-gateway" in body
    assert b"not for others" not in body


def test_it_sends_nothing_unasked(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)

    report_errors("", service="tests")
