"""Listings that take more time to read than one harvest has."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from factories import MOMENT, make_source
from providers import Provider, openapi

from catalog_service.harvesting import sources as harvesting
from catalog_service.harvesting.sources import MAX_SECONDS, harvest_source
from catalog_service.models import Api, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(provider: Provider) -> Source:
    """A source that lists three documents."""
    paths = [f"/{name}.json" for name in "abc"]
    for path in paths:
        provider.serve(path, openapi(path))
    return make_source(url=provider.list_documents(*paths))


def documents_read(provider: Provider, source: Source) -> list[str]:
    """Harvest, and return the documents that were asked for, in that order."""
    provider.requests.clear()
    harvest_source(source.pk, by="test")
    return provider.paths_asked()[1:]


def test_it_begins_with_what_it_read_longest_ago(
    provider: Provider, source: Source
) -> None:
    harvest_source(source.pk, by="test")
    for api in Api.objects.all():
        age = {"a": 0, "b": 2, "c": 1}[api.title[1]]
        Api.objects.filter(pk=api.pk).update(seen_at=MOMENT - timedelta(days=age))

    assert documents_read(provider, source) == ["/b.json", "/c.json", "/a.json"]


def test_it_begins_with_what_it_does_not_know(
    provider: Provider, source: Source
) -> None:
    harvest_source(source.pk, by="test")
    provider.serve("/new.json", openapi("New"))
    provider.list_documents("/a.json", "/b.json", "/c.json", "/new.json")

    assert documents_read(provider, source)[0] == "/new.json"


def test_it_reads_all_in_several_harvests(
    provider: Provider, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = count(0, MAX_SECONDS)  # the time is over after one document
    clock = SimpleNamespace(monotonic=lambda: next(ticks))
    monkeypatch.setattr(harvesting, "time", clock)

    read = [documents_read(provider, source) for _ in range(4)]

    assert read == [["/a.json"], ["/b.json"], ["/c.json"], ["/a.json"]]


@pytest.mark.parametrize("is_nested", [False, True])
def test_it_says_that_a_list_is_too_long(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, *, is_nested: bool
) -> None:
    monkeypatch.setattr("catalog_service.harvesting.listings.MAX_ENTRIES", 2)
    for name in "abc":
        provider.serve(f"/{name}.json", openapi(name))
    contexts = [{"service-desc": [{"href": f"/{name}.json"}]} for name in "abc"]
    url = provider.serve("/long", {"linkset": contexts})
    if is_nested:
        url = provider.list_documents(nested=("/long",))
    source = make_source(url=url)

    harvest = harvest_source(source.pk, by="test")

    assert Api.objects.count() == harvest.documents == 2
    told = f"{provider.origin}/long: lists 3 APIs; only the first 2 are read"
    assert harvest.message == told
