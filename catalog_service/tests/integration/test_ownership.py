"""Which source an API belongs to when several list its document."""

from __future__ import annotations

from typing import Any

import pytest
from factories import make_api, make_source
from providers import Provider, openapi

from catalog_service.harvesting.documents import Outcome, harvest_document
from catalog_service.harvesting.linksets import Entry
from catalog_service.harvesting.sources import harvest_source
from catalog_service.models import Api

pytestmark = pytest.mark.django_db


def test_it_leaves_our_own_documents_to_our_own_sources(provider: Provider) -> None:
    entry = Entry(provider.serve("/a.json", openapi("Bridges")))

    outcome, fault = harvest_document(make_source(), entry, by="test")

    assert outcome == Outcome.UNCHANGED
    assert fault == f"{entry.document_url}: only its own origin lists it"
    assert (Api.objects.count(), provider.requests) == (0, [])


def test_it_leaves_them_to_their_own_origin(provider: Provider, settings: Any) -> None:
    settings.TRUSTED_ORIGINS["https://own.example"] = "https://own.example"
    entry = Entry(provider.serve("/a.json", openapi("Bridges")))

    harvest_document(make_source(url="https://own.example/x"), entry, by="test")

    assert not Api.objects.exists()


def test_it_gives_our_own_documents_back(provider: Provider) -> None:
    url = provider.serve("/a.json", openapi("Bridges"))
    make_api(openapi("Bridges"), document_url=url, source=make_source())
    own = make_source(url=provider.list_documents("/a.json"), owner="Works")

    harvest_source(own.pk, by="test")

    api = Api.objects.get()
    assert (api.source, api.owner) == (own, "Works")


def test_it_trusts_nothing_that_others_name(provider: Provider, settings: Any) -> None:
    entry = Entry(provider.serve("/a.json", openapi("Bridges")))
    settings.TRUSTED_ORIGINS = {}

    outcome, _ = harvest_document(make_source(), entry, by="test")

    assert (outcome, provider.requests) == (Outcome.UNREADABLE, [])
