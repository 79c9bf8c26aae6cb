"""Harvesting sources from a real server."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from factories import make_source
from providers import Provider, openapi

from catalog_service.harvesting import sources as harvesting
from catalog_service.harvesting.sources import harvest_source
from catalog_service.models import Api, Harvest, Source, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(provider: Provider) -> Iterator[Source]:
    """A source that lists one document, /a.json."""
    provider.serve("/a.json", openapi("Bridges"))
    return make_source(url=provider.list_documents("/a.json"), owner="Works")


def harvest(source: Source) -> Harvest:
    """Harvest, and read the source again."""
    run = harvest_source(source.pk, by="test")
    source.refresh_from_db()
    return run


def test_it_lists_what_a_linkset_lists(provider: Provider, source: Source) -> None:
    run = harvest(source)

    api = Api.objects.get()
    assert (run.state, run.documents, run.changed) == ("done", 1, 1)
    assert (source.state, source.kind) == ("well", "linkset")
    assert (api.title, api.slug, api.owner) == ("Bridges", "bridges", "Works")
    assert api.documentation_url == f"{provider.origin}/a.json.html"


def test_it_keeps_the_bytes_and_where_they_came_from(
    provider: Provider, source: Source
) -> None:
    raw = b'{ "openapi": "3.0.3",\n "info": {"title": "A", "version": "1"} }\n'
    url = provider.serve("/a.json", raw)

    harvest(source)

    version = Version.objects.get()
    assert bytes(version.raw) == raw
    assert (version.number, version.url, version.fetched_by) == (1, url, "test")
    assert version.etag.startswith('"')


def test_it_asks_only_for_changes(provider: Provider, source: Source) -> None:
    harvest(source)
    provider.requests.clear()

    run = harvest(source)

    assert (run.documents, run.changed, Version.objects.count()) == (1, 0, 1)
    assert all("If-None-Match" in headers for _, headers in provider.requests)
    assert Api.objects.get().state == "listed"


def test_it_does_not_read_the_same_bytes_twice(
    provider: Provider, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    harvest(source)
    Api.objects.update(etag="")
    monkeypatch.setattr("catalog_service.harvesting.documents.look_at", None)

    assert harvest(source).unreadable == 0
    assert Api.objects.get().etag.startswith('"')


def test_it_makes_a_version_when_the_meaning_changes(
    provider: Provider, source: Source
) -> None:
    harvest(source)
    provider.serve("/a.json", openapi("Bridges and locks"))

    run = harvest(source)

    api = Api.objects.get()
    assert (run.changed, api.current.number, api.slug) == (1, 2, "bridges")
    assert api.title == "Bridges and locks"


def test_it_makes_none_when_only_the_writing_changes(
    provider: Provider, source: Source
) -> None:
    provider.serve("/a.json", b'{"openapi": "3.0.3", "info": {"title": "A"}}')
    harvest(source)
    provider.serve("/a.json", b"info: {title: A}\nopenapi: 3.0.3\n")

    run = harvest(source)

    assert (run.changed, Version.objects.count()) == (0, 1)


def test_it_returns_to_an_earlier_version(provider: Provider, source: Source) -> None:
    for title in ("One", "Two", "One"):
        provider.serve("/a.json", openapi(title))
        harvest(source)

    api = Api.objects.get()
    assert (api.title, api.current.number, api.versions.count()) == ("One", 1, 2)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html>Log in", "looks like HTML"),
        (b"", "it is empty"),
        (b'{"openapi": "3.0.3", ', "not JSON"),
        (b"plain", "not an object"),
        (b"\x00\xff", "not utf-8"),
    ],
)
def test_it_keeps_the_last_good_version(
    provider: Provider, source: Source, body: bytes, reason: str
) -> None:
    harvest(source)
    provider.serve("/a.json", body)

    run = harvest(source)

    api = Api.objects.get()
    assert (run.state, run.unreadable) == ("done", 1)
    assert (api.state, api.title) == ("unreadable", "Bridges")
    assert reason in api.message
    assert reason in source.message


def test_it_recovers_when_the_document_can_be_read_again(
    provider: Provider, source: Source
) -> None:
    harvest(source)
    provider.fail("/a.json", 500)
    harvest(source)
    assert Api.objects.get().message == "the server answered 500"
    provider.serve("/a.json", openapi("Bridges"))

    harvest(source)

    api = Api.objects.get()
    assert (api.state, api.message, source.message) == ("listed", "", "")


def test_it_reads_a_document_again_that_was_unreadable_with_the_same_tag(
    provider: Provider, source: Source
) -> None:
    provider.serve("/a.json", b"<html>")
    harvest(source)
    assert Api.objects.count() == 0

    harvest(source)

    assert "If-None-Match" not in provider.requests[-1][1]


def test_it_marks_what_vanished_and_keeps_it(
    provider: Provider, source: Source
) -> None:
    harvest(source)
    provider.list_documents()

    run = harvest(source)

    api = Api.objects.get()
    assert (run.vanished, api.state) == (1, "vanished")
    assert api.message == "its source no longer lists it"


def test_it_takes_up_again_what_reappears(provider: Provider, source: Source) -> None:
    harvest(source)
    provider.list_documents()
    harvest(source)
    provider.list_documents("/a.json")

    harvest(source)

    assert Api.objects.get().state == "listed"


def test_it_goes_on_after_a_bad_document(provider: Provider, source: Source) -> None:
    provider.serve("/bad.json", b"<html>")
    provider.list_documents("/bad.json", "/missing.json", "/a.json")

    run = harvest(source)

    assert (run.documents, run.changed, run.unreadable) == (3, 1, 2)
    assert "/missing.json: the server answered 404" in source.message


def test_it_goes_on_after_a_defect_of_ours(
    provider: Provider, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(harvesting, "harvest_document", broken)

    run = harvest(source)

    assert (run.state, run.unreadable) == ("done", 1)
    assert "an error on our side" in run.message


def test_it_stops_when_a_source_takes_too_long(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvesting, "MAX_SECONDS", -1)

    assert harvest(source).message == "stopped after -1 seconds"


def test_it_shortens_a_long_list_of_faults(provider: Provider, source: Source) -> None:
    provider.list_documents(*(f"/{n}.json" for n in range(8)))

    harvest(source)

    assert source.message.endswith("\nand 3 more")


def test_it_follows_nested_catalogues_once(provider: Provider, source: Source) -> None:
    nested = {"linkset": [{"service-desc": [{"href": "/b.json"}]}]}
    provider.serve("/b.json", openapi("Locks"))
    provider.serve("/nested", nested)
    provider.serve("/odd", {"no": "linkset"})
    provider.list_documents(
        "/a.json", nested=("/nested", "/.well-known/api-catalog", "/odd", "/gone")
    )

    run = harvest(source)

    assert (run.documents, run.changed) == (2, 2)
    assert run.message == f"{provider.origin}/gone: the server answered 404"


def test_it_leaves_nested_catalogues_that_are_sources_to_themselves(
    provider: Provider, source: Source
) -> None:
    make_source(url=f"{provider.origin}/nested")
    provider.list_documents("/a.json", nested=("/nested",))

    harvest(source)

    assert "/nested" not in provider.paths_asked()


def test_it_takes_a_document_as_a_source(provider: Provider) -> None:
    source = make_source(url=provider.serve("/a.json", openapi("Bridges")))

    first, second = harvest(source), harvest(source)

    assert (first.changed, second.changed) == (1, 0)
    assert (source.kind, Api.objects.get().title) == ("document", "Bridges")
    assert len(provider.requests) == 2


def test_it_says_why_the_document_of_a_source_cannot_be_read(
    provider: Provider,
) -> None:
    source = make_source(url=provider.serve("/a.json", openapi("Bridges")))
    harvest(source)
    provider.serve("/a.json", b"<html>")

    run = harvest(source)

    api = Api.objects.get()
    assert (run.state, source.state, api.state) == ("failed", "failing", "unreadable")
    assert "looks like HTML" in api.message


def test_it_counts_failures_in_a_row(provider: Provider, source: Source) -> None:
    provider.fail("/.well-known/api-catalog", 503)
    harvest(source)
    harvest(source)

    assert (source.state, source.failures) == ("failing", 2)
    assert source.message == "the server answered 503"
    provider.list_documents("/a.json")
    harvest(source)
    assert (source.state, source.failures) == ("well", 0)


def test_it_keeps_apis_listed_when_their_source_fails(
    provider: Provider, source: Source
) -> None:
    harvest(source)
    provider.serve("/.well-known/api-catalog", {"something": "else"})

    run = harvest(source)

    assert run.state == "failed"
    assert Api.objects.get().state == "listed"


def test_it_refuses_a_source_that_is_not_trusted(
    provider: Provider, source: Source, settings: Any
) -> None:
    settings.TRUSTED_ORIGINS = {}

    harvest(source)

    assert source.message == "the host has no public address"
    assert provider.requests == []


def test_it_leaves_an_api_to_the_source_that_listed_it_first(
    provider: Provider, source: Source
) -> None:
    harvest(source)
    second = make_source(url=provider.serve("/other", _linkset("/a.json")), owner="B")

    harvest(second)
    assert Api.objects.get().source == source

    provider.list_documents()
    harvest(source)
    harvest(second)
    assert Api.objects.get().source == second


def test_it_gives_equal_titles_different_places(
    provider: Provider, source: Source
) -> None:
    provider.serve("/b.json", openapi("Bridges"))
    provider.serve("/c.json", openapi("桥"))
    provider.list_documents("/a.json", "/b.json", "/c.json")

    harvest(source)

    slugs = Api.objects.order_by("id").values_list("slug", flat=True)
    assert list(slugs) == ["bridges", "bridges-2", "api"]


def test_it_forgets_old_harvests(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvesting, "KEPT_HARVESTS", 2)
    runs = [harvest(source) for _ in range(4)]

    kept = Harvest.objects.order_by("id").values_list("pk", flat=True)

    assert list(kept) == [run.pk for run in runs[2:]]


def test_it_survives_the_removal_of_its_source(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remove(*_: Any, **__: Any) -> int:
        Source.objects.all().delete()
        return 0

    monkeypatch.setattr(harvesting, "_mark_vanished", remove)

    harvest_source(source.pk, by="test")

    assert not Harvest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_version_of_many_harvests_at_once_case_36(
    provider: Provider, source: Source
) -> None:
    def run(_: int) -> None:
        try:
            harvest_source(source.pk, by="test")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run, range(6)))

    assert Version.objects.count() == 1
    assert Api.objects.get().current.number == 1


def _linkset(*paths: str) -> dict[str, Any]:
    return {"linkset": [{"service-desc": [{"href": path}]} for path in paths]}
