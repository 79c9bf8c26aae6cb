"""Explained deviations: shown as explained, and no longer counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from designs import bad, good
from django.test import Client
from factories import make_api

from catalog_service.models import Api, Change, Deviation
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

WANTED = {"rule": "nlgov:query-keys-camel-case", "reason": "As our clients know it."}


@pytest.fixture
def explain(client: Client, token: dict[str, str]) -> Callable[..., Any]:
    """Explain a deviation of an API."""

    def send(api: Api, **wanted: Any) -> Any:
        place = f"/v1/apis/{api.pk}/deviations"
        return client.post(place, wanted, "application/json", headers=token)

    return send


def test_it_shows_a_finding_as_explained(
    client: Client, explain: Callable[..., Any]
) -> None:
    api = make_api(bad())

    response = explain(api, **WANTED)

    assert response.status_code == 201
    assert client.get(response["Location"]).json() == response.json()
    body = client.get(f"/v1/apis/{api.pk}/lint?explained=true").json()
    (finding,) = body["items"]
    assert finding["rule"] == WANTED["rule"]
    assert finding["explanation"]["reason"] == WANTED["reason"]
    assert finding["explanation"]["statedIn"] == "catalogue"
    assert finding["explanation"]["explainedBy"] == "tester"
    assert (body["score"], body["bareScore"]) == (85, 80)
    assert body["counts"] == {"error": 3, "warn": 0, "info": 0, "explained": 1}
    assert client.get(f"/v1/apis/{api.pk}").json()["score"] == 85
    assert b"85/100" in client.get(f"/v1/apis/{api.pk}/badge.svg").content


def test_it_counts_again_when_taken_back(
    client: Client, explain: Callable[..., Any], token: dict[str, str]
) -> None:
    api = make_api(bad())
    place = explain(api, **WANTED)["Location"]

    assert client.delete(place, headers=token).status_code == 204
    assert client.get(f"/v1/apis/{api.pk}").json()["score"] == 80
    assert_problem(client.delete(place, headers=token), 404)


def test_it_holds_for_earlier_and_later_versions(
    client: Client, explain: Callable[..., Any]
) -> None:
    api = make_api(bad())
    explain(api, **WANTED)
    make_api(bad(tags=[{"name": "a"}]), document_url=api.document_url)

    scores = client.get(f"/v1/apis/{api.pk}/scores").json()["items"]

    assert [(i["score"], i["bareScore"]) for i in scores] == [(85, 80), (85, 80)]


def test_it_holds_below_its_pointer_only(
    client: Client, explain: Callable[..., Any]
) -> None:
    api = make_api(bad())

    explain(api, **WANTED, pointer="/paths/~1bridge")
    assert client.get(f"/v1/apis/{api.pk}").json()["score"] == 80
    explain(api, **WANTED, pointer="/paths/~1bridges~1/get")
    assert client.get(f"/v1/apis/{api.pk}").json()["score"] == 85


def test_it_holds_in_every_rule_set(
    client: Client, explain: Callable[..., Any]
) -> None:
    api = make_api(bad())
    explain(api, rule="nlgov:http-methods", reason="We debug.")

    body = client.get(f"/v1/apis/{api.pk}/lint?ruleSet=adr-2.0&explained=true").json()

    assert [item["rule"] for item in body["items"]] == ["http-methods"]


def test_a_document_may_explain_itself(client: Client) -> None:
    api = make_api(bad(**{"x-explained-deviations": [WANTED]}))

    body = client.get(f"/v1/apis/{api.pk}/lint?explained=true").json()

    assert (body["score"], body["bareScore"]) == (85, 80)
    assert body["items"][0]["explanation"] == {
        "reason": WANTED["reason"],
        "statedIn": "document",
        "explainedBy": "",
        "explainedAt": None,
    }


def test_a_document_hears_when_it_explains_nothing(client: Client) -> None:
    entries = [
        {"rule": "nlgov:semver"},
        {"rule": "none", "reason": "x"},
        {"rule": "oas3-schema", "reason": "An invalid document is no deviation."},
        {**WANTED, "pointer": "paths"},
        {**WANTED, "pointer": 5},
        5,
    ]
    api = make_api(good(**{"x-explained-deviations": entries}))

    body = client.get(f"/v1/apis/{api.pk}/lint").json()

    assert [i["rule"] for i in body["items"]] == ["kade:explained-deviations"] * 6
    assert body["items"][0]["pointer"] == "/x-explained-deviations/0"


def test_it_writes_down_who_explained_what(
    client: Client, explain: Callable[..., Any], token: dict[str, str]
) -> None:
    api = make_api(bad())
    client.delete(explain(api, **WANTED)["Location"], headers=token)

    taken_back, explained = Change.objects.order_by("-id")[:2]

    assert explained.kind == taken_back.kind == "deviation"
    assert (explained.changed_by, explained.before) == ("tester", {})
    assert explained.after == taken_back.before == {**WANTED, "pointer": ""}
    assert "explained deviations" in client.get("/v1/feed.atom").content.decode()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ({"rule": "none", "reason": "x"}, "rule"),
        ({"rule": "oas3-schema", "reason": "x"}, "rule"),
        ({"rule": "nlgov:semver"}, "reason"),
        ({"rule": "nlgov:semver", "reason": " "}, "reason"),
        ({"rule": "nlgov:semver", "reason": "x" * 2001}, "reason"),
        ({"rule": "nlgov:semver", "reason": "x\0"}, "reason"),
        ({**WANTED, "pointer": "paths"}, "pointer"),
        ({**WANTED, "pointer": "/" * 601}, "pointer"),
        ({**WANTED, "colour": "red"}, "colour"),
    ],
)
def test_it_names_what_is_wrong(
    explain: Callable[..., Any], wanted: dict[str, Any], name: str
) -> None:
    assert_problem(explain(make_api(), **wanted), 400, name=name)
    assert Deviation.objects.count() == 0


def test_it_is_explained_once(explain: Callable[..., Any]) -> None:
    api = make_api(bad())
    first = explain(api, **WANTED).json()["id"]

    assert_problem(explain(api, **WANTED), 409, in_detail=f"id {first}")


def test_it_takes_only_so_many(explain: Callable[..., Any]) -> None:
    api = make_api()
    Deviation.objects.bulk_create(
        Deviation(api=api, rule="x", pointer=f"/{n}", reason="x") for n in range(100)
    )

    assert_problem(explain(api, **WANTED), 409, in_detail="explain rules")


def test_only_its_owner_explains(client: Client, make_token: Any) -> None:
    api = make_api(bad(), registered_by="works")
    place = f"/v1/apis/{api.pk}/deviations"
    kind = "application/json"

    def send(*scopes: str, name: str) -> Any:
        headers = make_token(*scopes, name=name)
        return client.post(place, WANTED, kind, headers=headers)

    assert_problem(client.post(place, WANTED, kind), 401)
    assert_problem(send("catalog:write", name="parks"), 403)
    response = send("catalog:write", name="works")
    assert response.status_code == 201
    other = make_token("catalog:write", name="parks")
    assert_problem(client.delete(response["Location"], headers=other), 403)
    assert client.get(place).json()["total"] == 1


def test_it_has_a_problem_where_nothing_is(
    client: Client, explain: Callable[..., Any], token: dict[str, str]
) -> None:
    gone = make_api()
    client.delete(f"/v1/apis/{gone.pk}", headers=token)

    assert_problem(client.get("/v1/apis/0/deviations"), 404)
    assert_problem(client.get(f"/v1/apis/{gone.pk}/deviations"), 410)
    assert_problem(explain(gone, **WANTED), 410)
    assert_problem(client.get(f"/v1/apis/{make_api().pk}/deviations/1"), 404)
