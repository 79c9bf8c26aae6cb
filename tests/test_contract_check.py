"""The gate of the pipeline: what it asks of the catalogue, and what follows."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from shared.testing.programs import unmeasured_environment
from shared.testing.servers import local_server

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / ".jenkins" / "check-contract"


class Catalogue:
    """Stands for the catalogue: answers what it is told to, keeps what it is asked."""

    def __init__(self) -> None:
        self.origin = ""
        self.answers: list[tuple[int, str]] = []
        self.asked: list[tuple[str, dict[str, str], Any]] = []

    def answer(
        self, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, str]:
        """Give the next answer; the last one again and again."""
        self.asked.append((path, headers, json.loads(body)))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def catalogue() -> Iterator[Catalogue]:
    """A catalogue to which nothing breaks, unless told otherwise."""
    made = Catalogue()
    made.answers = [(200, "PASSES: No breaking change.\n")]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, text = made.answer(self.path, dict(self.headers), body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    with local_server(Handler) as origin:
        made.origin = origin
        yield made


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document to ask about."""
    path = tmp_path / "bridges.json"
    path.write_text('{"openapi": "3.1.0"}')
    return path


def run(
    catalogue: Catalogue, *documents: Path | str, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        **unmeasured_environment(),
        "CATALOG_URL": catalogue.origin,
        "CATALOG_TOKEN": "kade_secret",
        **variables,
    }
    return subprocess.run(
        [SCRIPT, *documents],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [
        (200, "PASSES: No breaking change.", 0),
        (200, "DECLARED: This would break clients, and its version says so.", 0),
        (200, "NEW: Nothing to compare with.", 0),
        (200, "BREAKS: This would break clients.", 1),
        (401, '{"detail": "A valid token is needed."}', 2),
        (422, '{"detail": "no OpenAPI document"}', 2),
    ],
)
def test_it_tells_by_its_exit_code(
    catalogue: Catalogue, document: Path, status: int, text: str, code: int
) -> None:
    catalogue.answers = [(status, text)]

    outcome = run(catalogue, document)

    assert outcome.returncode == code, outcome.stderr
    assert text in outcome.stdout
    assert ("could not be checked" in outcome.stderr) is (code == 2)


@pytest.mark.parametrize("outcome", ["NEW", "PASSES"])
def test_it_warns_when_nothing_was_compared(
    catalogue: Catalogue, document: Path, outcome: str
) -> None:
    catalogue.answers = [(200, f"{outcome}: So.")]

    told = run(catalogue, document).stderr

    assert ("NOTHING WAS COMPARED" in told) is (outcome == "NEW")
    assert ("CATALOG_API" in told) is (outcome == "NEW")


def test_it_asks_as_its_token_says(catalogue: Catalogue, document: Path) -> None:
    run(catalogue, document, FAIL_ON="warning")

    ((path, headers, body),) = catalogue.asked
    assert path == "/v1/checks?unknown=pass&failOn=warning"
    assert headers["Authorization"] == "Bearer kade_secret"
    assert headers["Accept"] == "text/plain"
    assert body == {"openapi": "3.1.0"}


def test_it_asks_about_the_api_that_is_named(
    catalogue: Catalogue, document: Path
) -> None:
    run(catalogue, document, CATALOG_API="bridges")

    assert catalogue.asked[0][0] == "/v1/checks?api=bridges&failOn=breaking"


def test_it_reads_its_token_from_a_file(
    catalogue: Catalogue, document: Path, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("kade_file\n")

    run(catalogue, document, CATALOG_TOKEN="", CATALOG_TOKEN_FILE=str(token))

    assert catalogue.asked[0][1]["Authorization"] == "Bearer kade_file"


def test_it_asks_about_every_document(catalogue: Catalogue, document: Path) -> None:
    catalogue.answers = [(200, "BREAKS: One."), (200, "PASSES: Other.")]

    outcome = run(catalogue, document, document)

    assert outcome.returncode == 1
    assert outcome.stdout.count("== bridges.json") == 2


@pytest.mark.parametrize("status", [200, 422])
def test_it_goes_on_when_somebody_says_why(
    catalogue: Catalogue, document: Path, status: int
) -> None:
    catalogue.answers = [(status, "BREAKS: This would break clients.")]

    outcome = run(catalogue, document, CONTRACT_OVERRIDE="agreed with all clients")

    assert outcome.returncode == 0
    assert "goes on all the same: agreed with all clients" in outcome.stdout


def test_it_does_not_pass_without_a_catalogue(document: Path) -> None:
    nowhere = Catalogue()
    nowhere.origin = "http://127.0.0.1:9"

    outcome = run(nowhere, document)

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "could not be checked" in outcome.stderr


def test_it_does_not_pass_without_a_document(catalogue: Catalogue) -> None:
    assert run(catalogue, "missing.json").returncode == 2
    assert catalogue.asked == []


def test_it_asks_about_what_the_code_promises(catalogue: Catalogue) -> None:
    outcome = run(catalogue, DATA_URL="https://data.example.org")

    assert outcome.returncode == 0, outcome.stderr
    documents = [body for _, _, body in catalogue.asked]
    servers = [document["servers"][0]["url"] for document in documents]
    assert f"{catalogue.origin}/v1" in servers
    assert any(url.startswith("https://data.example.org/") for url in servers)
    assert any("/checks" in document["paths"] for document in documents)


def test_it_does_not_pass_when_no_document_is_made(catalogue: Catalogue) -> None:
    outcome = run(catalogue, DATA_URL="nowhere")

    assert outcome.returncode == 2
    assert catalogue.asked == []
