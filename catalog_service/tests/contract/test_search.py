"""Search over APIs and operations, facets, paging."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from factories import make_api, make_source
from providers import FINE, openapi

from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

MONUMENTS = openapi(
    "Café register",
    paths={
        "/monumenten/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {}}
            ],
            "get": {
                "summary": "One of the buildings",
                "operationId": "readBuilding",
                "tags": ["heritage"],
                "parameters": [
                    {"name": "bouwStijl", "in": "query", "schema": {}},
                ],
                "responses": FINE,
            },
            "delete": {"summary": "Tear down", "responses": FINE},
        }
    },
    components={"schemas": {"Gebouw": {"properties": {"dakpanKleur": {}}}}},
)


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.SEARCHES_PER_MINUTE = 0


def titles(client: Client, query: str) -> list[str]:
    """Return the titles that a query finds."""
    body = client.get(f"/v1/apis?{query}").json()
    assert len(body["items"]) == body["total"]
    return [api["title"] for api in body["items"]]


@pytest.mark.parametrize(
    "query",
    [
        "monument", "monumenten", "monumnet", "MONUMENT", "cafe", "CAFÉ", "registers",
        "building", "buildings", "bouwstijl", "stijl", "dakpankleur", "dakpan kleur",
        "gebouwen", "heritage", "readBuilding", "café monument", "GET /monumenten",
        "/monumenten/{nummer}", "delete /monumenten", "de monumenten", "regsiter",
    ],
)  # fmt: skip
def test_it_finds_words_anywhere_in_a_document_case_25(
    client: Client, query: str
) -> None:
    make_api(MONUMENTS)
    make_api(openapi("Locks"))

    assert titles(client, f"q={quote(query)}") == ["Café register"]


@pytest.mark.parametrize(
    "query", ["zzzzqq", "café locks", "POST /monumenten", "%", "_"]
)
def test_it_finds_nothing_else(client: Client, query: str) -> None:
    make_api(MONUMENTS)
    make_api(openapi("Locks"))

    assert titles(client, f"q={quote(query)}") == []


def test_it_says_what_it_took_an_error_for(client: Client) -> None:
    make_api(MONUMENTS)

    body = client.get("/v1/apis?q=monumnet").json()

    assert body["corrected"] == {"monumnet": "monument"}


def test_it_puts_titles_first(client: Client) -> None:
    info = {"title": "Locks", "version": "1", "description": "Not bridges."}
    make_api(openapi(info=info))
    make_api(openapi("Bridges"))

    assert titles(client, "q=bridges") == ["Bridges", "Locks"]


def test_it_highlights_without_trusting_case_25(client: Client) -> None:
    info = {"title": "<b>Bridges</b>", "version": "1", "description": "<i>bridge"}
    make_api(openapi(info=info))

    found = client.get("/v1/apis?q=bridge").json()["items"][0]["highlights"]

    assert found["title"] == "&lt;b&gt;<mark>Bridges</mark>&lt;/b&gt;"
    assert found["description"] == "&lt;i&gt;<mark>bridge</mark>"
    assert client.get("/v1/apis").json()["items"][0]["highlights"] is None


@pytest.mark.parametrize(
    "query", ["%25", "_", "%27", "%5C", "%3Cscript%3E", "%27%3B--", "a%26b", "!", ":*"]
)
@pytest.mark.parametrize("path", ["/v1/apis", "/v1/operations", "/", "/operations"])
def test_it_survives_odd_questions_case_29(
    client: Client, path: str, query: str
) -> None:
    make_api(MONUMENTS)

    response = client.get(f"{path}?q={query}")

    assert response.status_code == 200
    assert b"<script>" not in response.content


@pytest.mark.parametrize("path", ["/v1/apis", "/v1/operations"])
@pytest.mark.parametrize("query", ["q=%00", "q=" + "a" * 10_000, "more=1", "page=x"])
def test_it_says_what_is_wrong_case_29(client: Client, path: str, query: str) -> None:
    assert_problem(client.get(f"{path}?{query}"), 400)


def test_it_finds_operations_with_their_api_case_26(client: Client) -> None:
    api = make_api(MONUMENTS)
    make_api(openapi("Locks"))

    body = client.get("/v1/operations?q=GET%20/monumenten").json()

    assert body["total"] == 1
    found = body["items"][0]
    assert (found["method"], found["path"]) == ("GET", "/monumenten/{id}")
    assert (found["apiId"], found["apiTitle"]) == (api.pk, "Café register")
    assert found["links"]["page"].endswith("/apis/cafe-register")


@pytest.mark.parametrize(
    ("query", "methods"),
    [
        ("q=dakpan", []),
        ("q=bouwstijl", ["GET"]),
        ("q=tear", ["DELETE"]),
        ("q=monumenten", ["GET", "DELETE"]),
        ("q=%25", []),
        ("method=DELETE", ["DELETE"]),
        ("tag=heritage", ["GET"]),
        ("owner=nobody", []),
        ("api=999999", []),
        ("", ["GET", "DELETE"]),
    ],
)
def test_it_finds_operations(client: Client, query: str, methods: list[str]) -> None:
    make_api(MONUMENTS)

    items = client.get(f"/v1/operations?{query}").json()["items"]

    assert [item["method"] for item in items] == methods


def test_it_highlights_operations(client: Client) -> None:
    make_api(MONUMENTS)

    item = client.get("/v1/operations?q=buildings%20method").json()
    found = client.get("/v1/operations?q=buildings").json()["items"][0]

    assert item["total"] == 0
    assert found["highlights"]["summary"] == "One of the <mark>buildings</mark>"


@pytest.mark.parametrize("query", ["api=x", "api=0", "method=ODD", "tag=" + "a" * 201])
def test_it_knows_no_such_operations(client: Client, query: str) -> None:
    name = query.partition("=")[0]

    assert_problem(client.get(f"/v1/operations?{query}"), 400, name=name)


def _make_many() -> None:
    basic = {"a": {"type": "http", "scheme": "basic"}}
    make_api(openapi("A", openapi="3.1.0"), source=make_source(owner="Works"))
    make_api(openapi("B", components={"securitySchemes": basic}), owner="Works")
    make_api(MONUMENTS)
    make_api({"swagger": "2.0", "info": {"title": "Old"}, "paths": {}})
    make_api(openapi("D", **{"x-deprecated": "2020-01-01"}))


def test_its_counts_are_what_filters_give_case_27(client: Client) -> None:
    _make_many()
    facets = client.get("/v1/apis").json()["facets"]

    for name, shares in facets.items():
        for share in shares:
            query = f"{name}={quote(share['value'])}"
            assert client.get(f"/v1/apis?{query}").json()["total"] == share["count"]
    assert {share["value"] for share in facets["auth"]} == {"none", "basic"}
    assert facets["lifecycle"][0] == {"value": "active", "count": 4}
    assert facets["validity"] == [
        {"value": "valid", "count": 4},
        {"value": "invalid", "count": 1},
    ]
    assert facets["tag"] == [{"value": "heritage", "count": 1}]
    assert facets["owner"] == [{"value": "Works", "count": 2}]
    assert [share["count"] for share in facets["score"]] == [5]


def test_its_counts_are_what_filters_give_in_what_is_found(client: Client) -> None:
    _make_many()
    chosen = "oasVersion=3.0&q=all"
    facets = client.get(f"/v1/apis?{chosen}").json()["facets"]

    for name, shares in facets.items():
        for share in shares:
            query = {"q": "all", "oasVersion": "3.0", name: share["value"]}
            total = client.get("/v1/apis", query).json()["total"]
            assert total == share["count"], (name, share)
    assert facets["oasVersion"]


def test_it_combines_filters_case_27(client: Client) -> None:
    _make_many()

    assert titles(client, "owner=Works&oasVersion=3.1") == ["A"]
    assert titles(client, "auth=basic&lifecycle=active&validity=valid") == ["B"]
    assert titles(client, "lifecycle=deprecated") == ["D"]
    assert titles(client, "score=100") == []


@pytest.mark.parametrize(
    "name", ["oasVersion", "lifecycle", "auth", "validity", "score", "source"]
)
def test_it_knows_the_values_of_its_facets_case_27(client: Client, name: str) -> None:
    assert_problem(client.get(f"/v1/apis?{name}=odd%25"), 400, name=name)


def test_it_keeps_its_order_under_ties_case_28(client: Client) -> None:
    ids = [make_api(openapi("Same")).pk for _ in range(6)]

    pages = [client.get(f"/v1/apis?q=same&pageSize=2&page={n}") for n in (1, 2, 3)]

    assert [item["id"] for page in pages for item in page.json()["items"]] == ids
    assert 'rel="prev"' in pages[1]["Link"]


def test_it_shows_operations_and_choices_on_pages(client: Client) -> None:
    _make_many()

    front = client.get("/?q=all&oasVersion=3.0").content.decode()
    page = client.get("/operations?q=buildings").content.decode()
    none = client.get("/operations?q=zzzzqq").content.decode()
    wrong = client.get("/?q=regsiter").content.decode()

    assert "oasVersion=3.1" in front
    assert 'aria-current="true"' in front
    assert "One of the <mark>buildings</mark>" in page
    assert "No operation has all of these words" in none
    assert "Nothing has “regsiter”" in wrong


def test_it_names_sources_on_pages(client: Client) -> None:
    for number in range(2):
        make_api(openapi(f"A{number}"), source=make_source())

    page = client.get("/").content.decode()

    assert "/.well-known/api-catalog</a>" in page
