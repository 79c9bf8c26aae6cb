"""Findings, scores and rule sets over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from designs import bad, good
from django.test import Client
from factories import make_api

from catalog_service.models import Api, LintReport
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

BROKEN = {
    "nlgov:http-methods",
    "nlgov:paths-no-trailing-slash",
    "nlgov:query-keys-camel-case",
    "path-keys-no-trailing-slash",
}


def test_it_finds_what_breaks_the_rules_case_23(client: Client) -> None:
    api = make_api(bad())

    response = client.get(f"/v1/apis/{api.pk}/lint?ruleset=adr-2.2")

    body = response.json()
    assert {item["rule"] for item in body["items"]} == BROKEN
    assert (body["ruleSet"], body["version"]) == ("adr-2.2", 1)
    assert body["counts"] == {"error": 4, "warn": 0, "info": 0, "explained": 0}
    assert body["score"] == body["bareScore"] == 80
    trace = next(i for i in body["items"] if i["rule"] == "nlgov:http-methods")
    assert trace["pointer"] == "/paths/~1bridges~1/trace"
    assert (trace["severity"], trace["stricter"]) == ("error", True)
    assert trace["line"] == 1
    assert trace["column"] > 1
    assert "TRACE" in trace["message"]
    assert trace["link"].startswith("https://")
    assert trace["explanation"] is None


def test_it_scores_a_mended_document_100_case_24(client: Client) -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)

    assert client.get(f"/v1/apis/{api.pk}/lint").json()["score"] == 100
    assert client.get(f"/v1/apis/{api.pk}").json()["score"] == 100
    old = client.get(f"/v1/apis/{api.pk}/versions/1/lint").json()
    assert (old["score"], old["version"], old["total"]) == (80, 1, 4)


def test_it_tells_lines_of_yaml(client: Client) -> None:
    raw = b"openapi: 3.0.3\ninfo:\n  title: A\n  version: '1'\npaths: {}\n"

    body = client.get(f"/v1/apis/{make_api(raw).pk}/lint?rule=nlgov:semver").json()

    assert [(i["line"], i["column"]) for i in body["items"]] == [(4, 3)]


def test_an_api_links_to_its_judgement(client: Client) -> None:
    api = make_api(bad())

    links = client.get(f"/v1/apis/{api.pk}").json()["links"]

    for name in ("lint", "scores", "badge"):
        place = links[name].partition("/v1/")[2]
        assert client.get(f"/v1/{place}").status_code == 200


def test_it_keeps_the_history_of_scores(client: Client) -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)

    body = client.get(f"/v1/apis/{api.pk}/scores").json()

    assert [(i["version"], i["score"]) for i in body["items"]] == [(2, 100), (1, 80)]
    assert body["items"][1]["counts"]["error"] == 4
    assert client.get("/v1/apis?score=100").json()["total"] == 1


def test_it_shows_an_old_version_with_its_own_score(client: Client) -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)
    make_api(bad(), document_url=api.document_url)

    assert client.get(f"/v1/apis/{api.pk}").json()["score"] == 80


@pytest.mark.parametrize(
    ("rule_set", "rules"),
    [
        ("adr-2.0", {"http-methods", "paths-no-trailing-slash"}),
        ("adr-2.1", {"http-methods", "paths-no-trailing-slash", "operation-tags"}),
    ],
)
def test_it_lints_by_another_rule_set(
    client: Client, rule_set: str, rules: set[str]
) -> None:
    place = f"/v1/apis/{make_api(bad()).pk}/lint?ruleSet={rule_set}"

    first, again = client.get(place).json(), client.get(place).json()

    assert rules <= {item["rule"] for item in first["items"]}
    assert first == again
    assert first["ruleSet"] == rule_set


def test_it_limits_what_must_be_linted(client: Client, settings: Any) -> None:
    settings.SEARCHES_PER_MINUTE = 1
    api = make_api(bad())

    for _ in range(3):
        assert client.get(f"/v1/apis/{api.pk}/lint").status_code == 200
    place = f"/v1/apis/{api.pk}/lint?ruleSet=adr-2.0"
    assert client.get(place).status_code == 200
    assert_problem(client.get(place), 429)


def test_it_filters_and_pages(client: Client) -> None:
    place = f"/v1/apis/{make_api(bad()).pk}/lint"

    assert client.get(f"{place}?severity=warn").json()["total"] == 0
    assert client.get(f"{place}?severity=error&rule=nlgov:http-methods").json()[
        "total"
    ] == (1)
    assert client.get(f"{place}?explained=true").json()["total"] == 0
    page = client.get(f"{place}?pageSize=3&page=2")
    assert (len(page.json()["items"]), page.json()["total"]) == (1, 4)
    assert 'rel="prev"' in page["Link"]


def test_it_tells_in_the_language_of_the_client(client: Client) -> None:
    place = f"/v1/apis/{make_api(bad()).pk}/lint?rule=nlgov:http-methods"

    dutch = client.get(place, headers={"Accept-Language": "de, nl-NL;q=0.8, en;q=0.5"})
    other = client.get(place, headers={"Accept-Language": "fr"})

    assert (dutch["Content-Language"], other["Content-Language"]) == ("nl", "en")
    assert "Accept-Language" in dutch["Vary"]
    (told,) = dutch.json()["items"]
    assert told["message"] == told["messages"]["nl"]
    assert other.json()["items"][0]["message"] == told["messages"]["en"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ruleSet=adr-9", "ruleSet"),
        ("severity=fatal", "severity"),
        ("rule=none", "rule"),
        ("explained=maybe", "explained"),
        ("page=0", "page"),
        ("colour=red", "colour"),
    ],
)
def test_it_names_what_it_does_not_know(client: Client, query: str, name: str) -> None:
    response = client.get(f"/v1/apis/{make_api().pk}/lint?{query}")

    assert_problem(response, 400, name=name)


def test_it_has_a_problem_where_nothing_is(
    client: Client, token: dict[str, str]
) -> None:
    api, unread = make_api(), make_api()
    Api.objects.filter(pk=unread.pk).update(current=None)

    for part in ("lint", "scores", "versions/1/lint"):
        assert_problem(client.get(f"/v1/apis/0/{part}"), 404)
    assert_problem(client.get(f"/v1/apis/{api.pk}/versions/9/lint"), 404)
    assert_problem(client.get(f"/v1/apis/{unread.pk}/lint"), 404)
    client.delete(f"/v1/apis/{api.pk}", headers=token)
    for part in ("lint", "scores", "versions/1/lint"):
        assert_problem(client.get(f"/v1/apis/{api.pk}/{part}"), 410)


def test_it_lints_what_is_pushed(client: Client, token: dict[str, str]) -> None:
    raw = json.dumps(bad()).encode()

    pushed = client.post("/v1/apis", raw, "application/json", headers=token)

    assert pushed.json()["score"] == 80
    assert LintReport.objects.get().edition


def test_it_says_when_a_document_was_too_much(client: Client) -> None:
    api = make_api(good())
    LintReport.objects.update(refused="took more than 10 seconds", score=None)

    body = client.get(f"/v1/apis/{api.pk}/lint").json()

    assert (body["score"], body["total"]) == (None, 0)
    assert body["refused"] == "took more than 10 seconds"


def test_it_escapes_nothing_and_hides_nothing_odd(client: Client) -> None:
    document = good()
    document["paths"]["/<script>\u202e"] = document["paths"].pop("/bridges")

    body = client.get(f"/v1/apis/{make_api(document).pk}/lint").json()

    assert "\\u202e" in body["items"][0]["message"]
