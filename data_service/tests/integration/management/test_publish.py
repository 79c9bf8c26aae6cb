"""`publish`: where files come from, and what it is asked to do with them."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from data_service.importing.arriving import arrived
from data_service.importing.errors import UnsupportedFileError
from data_service.models import Import
from shared.testing.servers import local_server

CSV = b"id,name\n1,Oak\n2,Elm\n"

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """Answers with the same rows at every address."""

    def do_GET(self) -> None:
        """Answer; with a media type, and compressed, where the path says so."""
        body = gzip.compress(CSV) if "packed" in self.path else CSV
        self.send_response(404 if "nothing" in self.path else 200)
        self.send_header("Content-Type", "text/csv")
        if "packed" in self.path:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def origin(settings: Settings) -> Iterator[str]:
    """Serve files from an origin that is trusted."""
    with local_server(Provider) as url:
        settings.TRUSTED_ORIGINS = [url]
        yield url


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("publish", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("path", ["trees.csv", "download?id=5", "packed/trees.csv"])
def test_it_publishes_from_a_url(origin: str, path: str) -> None:
    printed = run(f"{origin}/{path}", "--dataset", "trees", "--table", "tree")

    assert "Published 2 rows" in printed


def test_it_names_what_comes_from_a_url(origin: str) -> None:
    with arrived(f"{origin}/a/my%20trees.csv") as file:
        assert file.path is not None
        assert (file.name, file.path.name) == ("my trees.csv", "my_trees.csv")
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("path", "reason"), [("nothing.csv", "404"), ("trees.csv", "more than 5 bytes")]
)
def test_it_says_why_a_url_cannot_be_read(
    origin: str, settings: Settings, path: str, reason: str
) -> None:
    settings.MAX_FILE_BYTES = 5 if reason.startswith("more") else 500

    with pytest.raises(CommandError, match=reason):
        run(f"{origin}/{path}")


def test_it_takes_a_schema_from_a_url(origin: str) -> None:
    with pytest.raises(CommandError, match=r"/schema: Expecting value"):
        run(f"{origin}/trees.csv", "--schema", f"{origin}/schema")


def test_it_fetches_from_no_private_address(settings: Settings) -> None:
    settings.TRUSTED_ORIGINS = []

    with pytest.raises(CommandError, match=r"^http://127\.0\.0\.1:9/trees\.csv: "):
        run("http://127.0.0.1:9/trees.csv")


def test_it_publishes_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(CSV))
    monkeypatch.setattr("sys.stdin", stream)

    printed = run("-", "--format", "csv", "--dataset", "trees")

    assert "Published 2 rows" in printed
    assert "/v1/trees/trees\n" in printed


def test_it_asks_what_standard_input_is() -> None:
    with pytest.raises(CommandError, match="say with --format what standard input is"):
        run("-", "--dataset", "trees")


def test_it_takes_no_more_than_the_limit(settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 5

    with (
        pytest.raises(UnsupportedFileError, match="more than 5 bytes"),
        arrived("-", form="gpkg", stream=io.BytesIO(CSV)),
    ):
        pytest.fail("it took all of it")


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    """Publish a file, and give it."""
    path = tmp_path / "trees.csv"
    path.write_bytes(CSV)
    run(path)
    return path


def test_it_shows_what_changes(trees: Path) -> None:
    trees.write_text("id,name\n2,Fir\n3,Ash\n")

    printed = run(trees, "--upsert")

    assert "Against what is served:\n  1 row added, 0 removed, 1 changed" in printed
    assert "Published 3 rows" in printed


def test_it_drops_rows(trees: Path) -> None:
    options = ("--dataset", "trees", "--table", "trees")

    assert "Published 1 row " in run(*options, "--delete-where", "name=Oak")
    again = run(*options, "--delete-where", "name=Oak")
    assert "Against what is served:\n  nothing removed\nNothing removed: " in again
    assert "1 row as before: nothing removed (dry run)" in run(
        *options, "--delete-where", "name=Oak", "--dry-run"
    )


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--delete-where", "name"), "needs FIELD=VALUE"),
        (("--delete-where", "a=1", "--delete-where", "a=2"), "has a field twice"),
        ((), "without a file, give --dataset and --table"),
        (("--dataset", "trees", "--table", "trees"), "give a file, or --delete-where"),
    ],
)
def test_it_says_what_is_missing(options: tuple[str, ...], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run(*options)


def test_it_publishes_a_new_version_beside_the_old(trees: Path) -> None:
    trees.write_text("id\n1\n")
    with pytest.raises(CommandError, match="field name is removed"):
        run(trees)

    printed = run(trees, "--breaking")

    assert "/v1/trees/v2/trees\n" in printed
    assert "`make_default trees v2` moves it" in printed
    out = io.StringIO()
    call_command("make_default", "trees", "v2", stdout=out)
    assert out.getvalue() == "trees serves v2 by default now.\n"
    with pytest.raises(CommandError, match="serves no version 'v3'"):
        call_command("make_default", "trees", "v3")


def test_it_refuses_a_folder_that_is_not_there_before_it_publishes(tmp_path):
    path = tmp_path / "trees.csv"
    path.write_text("id,name\n1,Oak\n", encoding="utf-8")

    with pytest.raises(CommandError, match="--write-schema: no file can be written"):
        call_command("publish", str(path), write_schema=tmp_path / "none" / "a.json")

    assert not Import.objects.filter(dataset="trees").exists()
