"""The test helpers that cannot test themselves."""

from http.server import BaseHTTPRequestHandler

import httpx
import pytest
from django.http import HttpResponse

from shared.testing.assertions import assert_problem
from shared.testing.servers import local_server


class Handler(BaseHTTPRequestHandler):
    """Answer with nothing."""

    def do_GET(self):
        """Answer 204."""
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


def test_it_serves_on_loopback():
    with local_server(Handler) as origin:
        response = httpx.get(origin)

    assert response.status_code == 204
    assert origin.startswith("http://127.0.0.1:")


def test_it_knows_what_is_no_problem():
    with pytest.raises(AssertionError):
        assert_problem(HttpResponse("x", status=404), 404)
