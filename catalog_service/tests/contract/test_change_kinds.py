"""The kinds of change over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from catalog_service.diffing import KINDS
from shared.testing.assertions import assert_problem

BREAKING = [kind for kind in KINDS if kind.level == "breaking"]


def test_it_lists_what_is_looked_for(client: Client) -> None:
    answer = client.get("/v1/change-kinds?pageSize=100").json()

    assert answer["total"] == len(KINDS) >= 60
    assert {"id", "level", "title", "titles", "scope", "places"} <= set(
        answer["items"][0]
    )


def test_it_lists_those_of_a_level(client: Client) -> None:
    answer = client.get("/v1/change-kinds?level=breaking").json()

    assert answer["total"] == len(BREAKING)
    assert {item["level"] for item in answer["items"]} == {"breaking"}


def test_it_shows_a_kind_by_an_example(client: Client) -> None:
    kind = client.get("/v1/change-kinds/success-status-removed").json()

    assert kind["level"] == "breaking"
    before, after = kind["example"]["from"], kind["example"]["to"]
    assert before["openapi"] == after["openapi"]
    assert before != after


@pytest.mark.parametrize("path", ["", "/path-removed"])
def test_it_tells_in_the_language_of_the_client(client: Client, path: str) -> None:
    place = f"/v1/change-kinds{path}"

    response = client.get(place, headers={"Accept-Language": "nl"})

    body = response.json()
    kind = body if path else body["items"][0]
    assert response["Content-Language"] == "nl"
    assert kind["title"] == kind["titles"]["nl"] != kind["titles"]["en"]


def test_it_names_what_it_does_not_know(client: Client) -> None:
    unknown = client.get("/v1/change-kinds/none-such")
    level = client.get("/v1/change-kinds?level=worst")

    assert_problem(unknown, 404, in_detail="/v1/change-kinds lists them")
    assert_problem(level, 400, name="level")
    assert_problem(client.get("/v1/change-kinds/success-status-removed?a=1"), 400)
