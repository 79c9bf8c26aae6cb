from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from .factories import publish, trees

pytestmark = [pytest.mark.django_db, pytest.mark.urls("data_service.web.urls")]


def _page(client: Client, query: str = "") -> str:
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def _titles(html: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", html)


def test_it_lists_the_datasets_by_title(client: Client) -> None:
    publish(trees("trees", title="zelkovas"))
    publish(trees("berths", title="Berths"))
    publish(trees("locks"))

    assert _titles(_page(client)) == ["Berths", "locks", "zelkovas"]


def test_it_shows_what_a_dataset_holds(client: Client) -> None:
    publish(trees(description="By the water."), [(1, "Oak", 12.5, None)] * 1200)

    html = re.sub(r"\s+", " ", _page(client))

    assert "By the water." in html
    assert '1,200 rows, <time datetime="2024-05-06T07:08:00+00:00">loaded' in html
    assert "</time><br> tree</p>" in html


def test_it_links_by_the_public_url(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://data.example.org"
    publish(trees())

    html = _page(client)

    assert 'href="https://data.example.org/datasets/trees"' in html
    assert 'href="https://data.example.org/v1/trees/openapi.json"' in html


def test_it_says_where_the_catalog_of_apis_is(client: Client) -> None:
    response = client.head("/")

    assert response.headers["Link"].endswith(
        '/.well-known/api-catalog>; rel="api-catalog"'
    )


@pytest.mark.parametrize("query", ["quay", "QUAY", "gardens quay", "elms"])
def test_it_finds_every_word(client: Client, query: str) -> None:
    publish(trees("elms", title="On the Quay", description="Gardens"))
    publish(trees("berths", title="Berths", description="Gardens"))

    assert _titles(_page(client, f"?q={query}")) == ["On the Quay"]


@pytest.mark.parametrize("query", ["%25", "_", "x" * 9000, "nothing"])
def test_it_finds_nothing_without_harm(client: Client, query: str) -> None:
    publish(trees(title="Trees"))

    assert _titles(_page(client, f"?q={query}")) == []


def test_it_limits_searches(client: Client, settings: Settings) -> None:
    settings.SEARCHES_PER_MINUTE = 1
    _page(client, "?q=quay")

    assert client.get("/?q=quay").status_code == 429
    assert client.get("/").status_code == 200


def test_it_escapes_what_was_asked(client: Client) -> None:
    html = _page(client, "?q=<script>alert(1)</script>")

    assert "<script>" not in html
    assert "Nothing was found." in html


def test_it_says_how_to_begin(client: Client) -> None:
    assert "manage.py publish FILE" in _page(client)


def test_it_leaves_out_what_is_not_served(client: Client) -> None:
    version = publish(trees())
    version.current = None
    version.save()

    assert _titles(_page(client)) == []


@pytest.mark.parametrize(("number", "shown"), [("1", 48), ("2", 2)])
def test_it_pages(client: Client, number: str, shown: int) -> None:
    for place in range(50):
        publish(trees(f"trees{place}"))

    html = _page(client, f"?q=trees&page={number}")

    assert len(_titles(html)) == shown
    assert ("?q=trees&amp;page=2" in html) == (shown == 48)
    assert ("?q=trees&amp;page=1" in html) == (shown == 2)


@pytest.mark.parametrize(("number", "status"), [("9", 404), ("x", 400), ("0", 400)])
def test_it_knows_no_other_pages(client: Client, number: str, status: int) -> None:
    assert client.get(f"/?page={number}").status_code == status


def test_it_asks_no_more_for_more_datasets(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(9):
        publish(trees(f"trees{place}"))

    with django_assert_num_queries(3):
        _page(client)


def test_it_takes_no_other_method(client: Client) -> None:
    assert client.post("/").status_code == 405
