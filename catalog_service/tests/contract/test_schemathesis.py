"""The API does what its own document says, for requests that nobody thought of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from factories import make_api, make_source
from providers import openapi

from shared.testing.programs import unmeasured_environment

SEED = "20260102"
# A document, or a URL, that has the right form may still be refused for what it says;
# whoever has every answer already (If-None-Match: *) gets a 304.
SETTINGS = """
[checks]
positive_data_acceptance.expected-statuses = [
    "2xx", "304", "401", "403", "404", "409", "410", "415", "422"
]
negative_data_rejection.expected-statuses = [
    "400", "401", "403", "404", "405", "406", "409", "410", "413", "415", "422", "429"
]
"""


@pytest.fixture
def prompt_server(monkeypatch: pytest.MonkeyPatch, live_server: Any) -> Any:
    """A server that sends what it has, as gunicorn does.

    Django's sends headers first, and keeps the rest until they are acknowledged
    (RFC 896), which a client puts off for 40 ms (RFC 1122, section 4.2.3.2).
    """
    monkeypatch.setattr(WSGIRequestHandler, "disable_nagle_algorithm", True)
    return live_server


@pytest.mark.slow
@pytest.mark.usefixtures("clean_jobs")
@pytest.mark.django_db(transaction=True)
def test_it_does_what_it_says(
    prompt_server: Any, settings: Any, token: dict[str, str], tmp_path: Path
) -> None:
    settings.SEARCHES_PER_MINUTE = settings.WRITES_PER_MINUTE = 1_000_000
    api = make_api(openapi("Bridges"), source=make_source())
    make_api(openapi("Locks"), document_url=api.document_url)
    (tmp_path / "schemathesis.toml").write_text(SETTINGS)
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", "--no-color"),
        *("--checks", "all", "--max-examples", "8", "--seed", SEED),
        *("--url", f"{prompt_server.url}/v1"),
        *("--header", f"Authorization: {token['Authorization']}"),
        f"{prompt_server.url}/v1/openapi.json",
    ]

    run = subprocess.run(  # noqa: S603
        command,
        cwd=tmp_path,
        env=unmeasured_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )

    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
