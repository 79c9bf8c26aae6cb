"""What the tests of the catalogue share."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import hypothesis
import pytest
from providers import Provider

from shared.testing.fixtures import clean_jobs, make_token, token  # noqa: F401
from shared.testing.servers import local_server

# How fast a busy machine draws says nothing of the code.
hypothesis.settings.register_profile(
    "kade",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("kade")


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """Somebody else's web server, whose origin is trusted."""
    served = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = served.answer(self.path, dict(self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    with local_server(Handler) as origin:
        served.origin = origin
        settings.TRUSTED_ORIGINS = {origin: origin}
        yield served
