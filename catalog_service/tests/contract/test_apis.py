"""/v1/apis as a client sees it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from factories import make_api, make_source
from providers import openapi

from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.SEARCHES_PER_MINUTE = 10_000


def test_it_lists_apis_by_title_without_case(client: Client) -> None:
    for title in ("locks", "Bridges", "ARCHES"):
        make_api(openapi(title))

    body = client.get("/v1/apis").json()

    assert [api["title"] for api in body["items"]] == ["ARCHES", "Bridges", "locks"]
    assert (body["total"], body["page"], body["pageSize"]) == (3, 1, 20)


def test_it_says_what_an_api_is(client: Client) -> None:
    api = make_api(openapi("Bridges"), source=make_source(owner="Works"))

    item = client.get("/v1/apis").json()["items"][0]

    assert (item["title"], item["owner"], item["state"]) == (
        "Bridges",
        "Works",
        "listed",
    )
    assert (item["version"], item["specification"]) == ("1.0.0", "OpenAPI 3.0.3")
    assert (item["operationCount"], item["currentVersion"]) == (1, 1)
    assert item["links"]["openapi"].endswith(
        f"/v1/apis/{api.pk}/versions/1/openapi.json"
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("bridge", ["Bridges"]),
        ("ALL locks", ["Locks"]),
        ("100%", ["100% _water_"]),
        ("_", ["100% _water_"]),
        ("'", []),
        ("\\", []),
        ("<script>", []),
        ("café", ["CAFÉ"]),
        ("", ["100% _water_", "Bridges", "CAFÉ", "Locks"]),
        ("   ", ["100% _water_", "Bridges", "CAFÉ", "Locks"]),
    ],
)
def test_it_searches_title_and_description(
    client: Client, query: str, titles: list[str]
) -> None:
    for title in ("Bridges", "Locks", "100% _water_", "CAFÉ"):
        make_api(openapi(title))

    found = client.get("/v1/apis", {"q": query}).json()["items"]

    assert [api["title"] for api in found] == titles


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=%00", None),
        ("q=" + "a" * 201, "q"),
        ("owner=" + "a" * 201, "owner"),
        ("state=odd", "state"),
        ("page=0", "page"),
        ("page=1000000000000", "page"),
        ("page=x", "page"),
        ("pageSize=0", "pageSize"),
        ("pageSize=-1", "pageSize"),
        ("pageSize=100000", "pageSize"),
        ("odd=1", "odd"),
        ("=1", "(empty)"),
        ("q=a&q=b", "q"),
        ("q=%ff", None),
    ],
)
def test_it_says_what_is_wrong_with_a_query_case_28(
    client: Client, query: str, name: str | None
) -> None:
    response = client.get(f"/v1/apis?{query}")

    assert_problem(response, 400, name=name or "")


def test_it_filters(client: Client) -> None:
    make_api(openapi("Bridges"), source=make_source(owner="Works"))
    make_api(openapi("Locks"))

    found = client.get("/v1/apis?owner=Works&state=listed").json()

    assert [api["title"] for api in found["items"]] == ["Bridges"]
    assert client.get("/v1/apis?state=vanished").json()["total"] == 0


def test_it_pages_with_links_case_28(client: Client) -> None:
    for number in range(5):
        make_api(openapi(f"API {number}"))

    response = client.get("/v1/apis?pageSize=2&page=2&q=api")

    titles = [api["title"] for api in response.json()["items"]]
    assert titles == ["API 2", "API 3"]
    for relation in ("first", "prev", "next", "last"):
        assert f'rel="{relation}"' in response["Link"]
    assert_problem(client.get("/v1/apis?pageSize=2&page=4"), 404)


def test_it_costs_the_same_whatever_the_number(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        make_api(openapi(f"API {number}"))

    with django_assert_max_num_queries(3):
        client.get("/v1/apis")


def test_it_shows_one_api_with_its_facts(client: Client) -> None:
    api = make_api(openapi("Bridges", openapi="3.1", tags=[{"name": "bridge"}]))

    body = client.get(f"/v1/apis/{api.pk}").json()

    assert body["facts"]["servers"] == [
        {"url": "https://api.example.org/v1", "description": ""}
    ]
    assert body["facts"]["tags"] == [{"name": "bridge", "description": ""}]
    assert body["findings"][0]["pointer"] == "/openapi"


def test_it_lists_versions_newest_first(client: Client) -> None:
    api = make_api(openapi("One"))
    make_api(openapi("Two"), document_url=api.document_url)

    items = client.get(f"/v1/apis/{api.pk}/versions").json()["items"]

    assert [(v["number"], v["isCurrent"]) for v in items] == [(2, True), (1, False)]
    assert items[0]["mediaType"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/apis/",
        "/v1/apis/0",
        "/v1/apis/99999999999999999999999",
        "/v1/apis/x",
        "/v1/apis/0/versions",
        "/v1/apis/0/versions/1/openapi.json",
        "/v1/apis/0/versions/1/openapi.xml",
        "/v1/nothing",
        "/v1/",
    ],
)
@pytest.mark.parametrize("debug", [True, False])
def test_it_has_a_problem_for_what_is_not_there_case_40(
    client: Client, settings: Any, path: str, *, debug: bool
) -> None:
    settings.DEBUG = debug

    assert_problem(client.get(path), 404)


def test_it_names_the_methods_that_there_are_case_40(client: Client) -> None:
    response = client.delete("/v1/apis")

    assert_problem(response, 405)
    assert "GET" in response["Allow"]
    assert "POST" in response["Allow"]


def test_it_limits_searches(client: Client, settings: Any) -> None:
    settings.SEARCHES_PER_MINUTE = 2
    for _ in range(4):
        response = client.get("/v1/apis?q=a")

    assert_problem(response, 429)
    assert client.get("/v1/apis").status_code == 200
