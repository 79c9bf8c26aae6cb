"""The rules over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db


def test_it_lists_every_rule(client: Client) -> None:
    body = client.get("/v1/rules?pageSize=100").json()

    ids = [item["id"] for item in body["items"]]
    assert len(ids) == len(set(ids)) == body["total"] > 50
    assert {"nlgov:semver", "oas3-schema", "openapi3", "nlgov:openapi3"} <= set(ids)


def test_it_lists_the_rules_of_a_rule_set(client: Client) -> None:
    body = client.get("/v1/rules?ruleSet=adr-2.0&pageSize=100").json()

    for item in body["items"]:
        assert "adr-2.0" in [each["ruleSet"] for each in item["ruleSets"]]
    assert body["total"] < client.get("/v1/rules").json()["total"]


def test_it_tells_all_of_a_rule(client: Client) -> None:
    response = client.get(
        "/v1/rules/nlgov:http-methods", headers={"Accept-Language": "nl"}
    )

    body = response.json()
    assert response["Content-Language"] == "nl"
    assert body["title"] == body["titles"]["nl"] != body["titles"]["en"]
    assert "{" not in body["title"]
    assert body["stricter"] is True
    assert body["ruleSets"][0] == {
        "ruleSet": "adr-2.0",
        "id": "http-methods",
        "severity": "error",
        "stricter": True,
    }
    assert body["bad"] == {"paths": {"/trees": {"trace": {}}}}
    assert body["link"].startswith("https://")
    assert body["links"]["page"].endswith("/rules#nlgov:http-methods")


def test_it_knows_the_ids_of_every_rule_set(client: Client) -> None:
    assert client.get("/v1/rules/semver").json()["id"] == "nlgov:semver"
    assert client.get("/v1/rules/openapi3").json()["id"] == "openapi3"


def test_it_has_a_problem_for_other_rules(client: Client) -> None:
    assert_problem(client.get("/v1/rules/none"), 404)
    assert_problem(client.get("/v1/rules?ruleSet=none"), 400, name="ruleSet")
    assert_problem(client.get("/v1/rules/semver?a=1"), 400, name="a")
    assert_problem(client.post("/v1/rules"), 405)
