"""Documents that change where they are read, and pushes that come at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from providers import Provider, openapi

from catalog_service.harvesting.sources import harvest_source
from catalog_service.models import Api, Change, Source, Version

JSON = "application/json"


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 0


def register(client: Client, token: dict[str, str], url: str) -> Api:
    """Register a URL."""
    client.post("/v1/apis", {"url": url}, JSON, headers=token)
    return Api.objects.get()


@pytest.mark.django_db
def test_it_makes_one_version_of_a_change_case_35(
    client: Client, token: dict[str, str], provider: Provider
) -> None:
    url = provider.serve("/a.json", openapi("One"))
    api = register(client, token, url)
    source = Source.objects.get()

    provider.requests.clear()
    harvest_source(source.pk, by="test")
    assert [headers["If-None-Match"] for _, headers in provider.requests] == [api.etag]
    assert api.versions.count() == 1
    provider.serve("/a.json", openapi("Two"))
    harvest_source(source.pk, by="test")
    harvest_source(source.pk, by="test")

    assert api.versions.count() == 2
    assert client.get(f"/v1/apis/{api.pk}").json()["title"] == "Two"


@pytest.mark.django_db
def test_it_serves_the_last_good_version_case_35(
    client: Client, token: dict[str, str], provider: Provider
) -> None:
    api = register(client, token, provider.serve("/a.json", openapi("One")))
    client.patch(f"/v1/apis/{api.pk}", {"status": "deprecated"}, JSON, headers=token)
    provider.fail("/a.json", 404)

    for _ in range(3):
        harvest_source(Source.objects.get().pk, by="test")

    body = client.get(f"/v1/apis/{api.pk}").json()
    assert (body["state"], body["lifecycle"]) == ("unreadable", "deprecated")
    document = client.get(f"/v1/apis/{api.pk}/versions/1/openapi.json").json()
    assert document["info"]["title"] == "One"
    assert Change.objects.filter(kind="state").count() == 1


@pytest.mark.django_db
def test_a_source_brings_nothing_back_that_was_removed(
    client: Client, token: dict[str, str], provider: Provider
) -> None:
    provider.serve("/a.json", openapi("One"))
    source = Source.objects.create(url=provider.list_documents("/a.json"))
    harvest_source(source.pk, by="test")
    api = Api.objects.get()

    client.delete(f"/v1/apis/{api.pk}", headers=token)
    harvest_source(source.pk, by="test")

    assert client.get(f"/v1/apis/{api.pk}").status_code == 410


@pytest.mark.usefixtures("clean_jobs")
@pytest.mark.django_db(transaction=True)
def test_pushes_at_once_make_one_version_case_36(token: dict[str, str]) -> None:
    raw = json.dumps(openapi("Bridges")).encode()

    def push(_: int) -> int:
        try:
            return Client().post("/v1/apis", raw, JSON, headers=token).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pushing:
        statuses = sorted(pushing.map(push, range(4)))

    assert statuses == [200, 200, 200, 201]
    assert Version.objects.count() == Api.objects.count() == 1
