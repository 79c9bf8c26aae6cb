"""A folder of documents, imported by command."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from providers import Provider, openapi

from catalog_service.harvesting.sources import harvest_source
from catalog_service.models import Api, Operation, SearchEntry, Source
from catalog_service.searching import indexing
from catalog_service.tasks import index_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with good, bad and other files."""
    (tmp_path / "deep").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "c.json").write_text("{}")
    (tmp_path / "deep" / "a.json").write_text(json.dumps(openapi("A")))
    (tmp_path / "b.yaml").write_text("swagger: '2.0'\ninfo: {}\n")
    (tmp_path / "bad.yaml").write_text("a: [\n")
    (tmp_path / "read.me").write_text("Hello")
    (tmp_path / "large.json").write_bytes(b" " * 10_000_001)
    (tmp_path / "link.json").symlink_to("/etc/passwd")
    return tmp_path


def run(*arguments: Any) -> str:
    """Return what the command tells."""
    told = io.StringIO()
    call_command("import_documents", *map(str, arguments), stdout=told)
    return told.getvalue()


def test_it_imports_a_folder(folder: Path) -> None:
    told = run(folder, "--owner", "Works")

    assert "deep/a.json: new, OpenAPI 3.0.3, valid" in told
    assert "b.yaml: new, Swagger 2.0, invalid" in told
    assert "bad.yaml: refused: line 2, column 1: not YAML" in told
    assert "large.json: refused: the document has more than" in told
    assert "2 documents, 3 files refused" in told
    assert "2.0 invalid: 1" in told
    assert Api.objects.filter(owner="Works").count() == 2


def test_it_imports_again(folder: Path) -> None:
    run(folder)
    (folder / "deep" / "a.json").write_text(json.dumps(openapi("B")))

    told = run(folder)

    assert "deep/a.json: version 2" in told
    assert "b.yaml: unchanged" in told
    assert Api.objects.count() == 2


def test_it_only_looks_when_asked_to(folder: Path) -> None:
    told = run(folder, "--dry-run")

    assert "deep/a.json: read, OpenAPI 3.0.3, valid" in told
    assert Api.objects.count() == 0


def test_it_needs_a_folder(folder: Path) -> None:
    with pytest.raises(CommandError, match="no folder"):
        run(folder / "b.yaml")


def test_it_refuses_what_it_may_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert "b.yaml: refused: cannot be read: Permission denied" in run(folder)


def test_it_indexes_what_an_upgrade_left(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    run(folder)
    Operation.objects.all().delete()
    assert index_documents(0) == 0

    monkeypatch.setattr(indexing, "FORM", 99)

    assert index_documents(0) == 2
    assert Operation.objects.count() == 1
    assert set(SearchEntry.objects.values_list("form", flat=True)) == {99}


def test_it_passes_over_what_cannot_be_read_any_more(folder: Path) -> None:
    run(folder)
    Api.objects.get(title="A").versions.update(raw=b"{")
    SearchEntry.objects.all().delete()

    assert index_documents(0) == 2
    assert SearchEntry.objects.count() == 1


def test_it_harvests_a_list(provider: Provider) -> None:
    url = provider.serve("/a/openapi.json", openapi("A"))
    api_url = url.removesuffix("/openapi.json")
    index = {"datasets": {"a": {"versions": [{"api_url": api_url}]}}}
    source = Source.objects.create(url=provider.serve("/v1", index))

    harvest_source(source.pk, by="test")
    harvest_source(source.pk, by="test")

    source.refresh_from_db()
    assert (source.kind, source.state) == ("list", "well")
    assert Api.objects.get().document_url == url
