"""The gate over HTTP: would a document break the clients of what is in production?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client
from documents import as_bytes, bridges, broken_bridges, wider_bridges
from factories import make_api

from catalog_service.models import Api
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

JSON = "application/json"


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 0


@pytest.fixture
def check(client: Client, token: dict[str, str]) -> Callable[..., Any]:
    """Post a document to the gate."""

    def send(document: Any, query: str = "", **headers: str) -> Any:
        raw = document if isinstance(document, bytes) else as_bytes(document)
        headers = {**token, **headers}
        return client.post(f"/v1/checks{query}", raw, JSON, headers=headers)

    return send


def test_it_stops_what_breaks_clients(check: Callable[..., Any]) -> None:
    api = make_api(bridges())

    answer = check(broken_bridges()).json()

    assert (answer["outcome"], answer["passes"]) == ("breaks", False)
    assert answer["message"] == "This would break clients of Bridges."
    assert (answer["apiId"], answer["against"]["number"]) == (api.pk, 1)
    assert answer["summary"]["breaking"] == len(answer["changes"]) == 2
    assert answer["version"]["suggested"] == "major"


def test_it_lets_pass_what_does_not(check: Callable[..., Any]) -> None:
    make_api(bridges())

    for document in (bridges(), wider_bridges()):
        assert check(document).json()["outcome"] == "passes"


def test_it_lets_pass_what_is_declared(check: Callable[..., Any]) -> None:
    make_api(bridges("1.0.0"))

    assert check(broken_bridges("2.0.0")).json()["outcome"] == "declared"
    assert check(broken_bridges("1.1.0")).json()["outcome"] == "breaks"
    strict = check(broken_bridges("2.0.0"), "?declared=fail").json()
    assert (strict["outcome"], strict["version"]["agrees"]) == ("breaks", True)


def test_it_stops_at_the_level_that_is_asked_for(check: Callable[..., Any]) -> None:
    make_api(bridges())

    answer = check(wider_bridges(), "?failOn=info").json()

    assert (answer["outcome"], answer["failOn"]) == ("breaks", "info")
    assert answer["message"] == "This may break clients of Bridges."


@pytest.mark.parametrize("status", ["experimental", "retired"])
def test_it_protects_no_clients_that_were_promised_nothing(
    check: Callable[..., Any], status: str
) -> None:
    api = make_api(bridges())
    Api.objects.filter(pk=api.pk).update(status=status)

    assert check(broken_bridges()).json()["outcome"] == "exempt"


def test_it_takes_yaml(check: Callable[..., Any]) -> None:
    make_api(bridges())

    written = yaml.safe_dump(broken_bridges()).encode()

    assert check(written).json()["outcome"] == "breaks"


def test_it_takes_the_api_that_is_named(check: Callable[..., Any]) -> None:
    api = make_api(bridges())
    other = {**broken_bridges(), "info": {"title": "Other", "version": "1.0.0"}}

    for name in (api.pk, api.slug):
        assert check(other, f"?api={name}").json()["apiId"] == api.pk


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_it_knows_an_api_by_its_place(check: Callable[..., Any], form: str) -> None:
    """A document that has another title is not taken for that of a new API."""
    place = "https://api.example.org/bridges/v1"
    api = make_api(bridges(), document_url=f"{place}/openapi.{form}")
    make_api({**bridges(), "info": {"title": "Renamed", "version": "1"}})
    renamed = {**broken_bridges(), "info": {"title": "Renamed", "version": "1.0.0"}}

    answer = check({**renamed, "servers": [{"url": f"{place}/"}]}).json()

    assert (answer["apiId"], answer["outcome"]) == (api.pk, "breaks")


def test_it_compares_with_what_is_in_production(check: Callable[..., Any]) -> None:
    api = make_api(bridges())
    make_api(broken_bridges("2.0.0"), document_url=api.document_url)

    assert check(broken_bridges("2.0.1")).json()["outcome"] == "passes"
    assert check(broken_bridges(), "?against=1").json()["outcome"] == "breaks"
    assert check(broken_bridges(), "?against=2.0.0").json()["against"]["number"] == 2
    make_api(bridges(), document_url=api.document_url)  # rolled back
    assert check(broken_bridges()).json()["against"]["number"] == 1


def test_it_keeps_nothing(client: Client, check: Callable[..., Any]) -> None:
    api = make_api(bridges())

    check(broken_bridges())

    assert client.get(f"/v1/apis/{api.pk}/versions").json()["total"] == 1


def test_it_does_not_know_every_api(check: Callable[..., Any]) -> None:
    now = make_api(bridges()).changed_at
    Api.objects.create(slug="never", title="Never", changed_at=now, seen_at=now)
    other = {**bridges(), "info": {"title": "Other", "version": "1"}}

    assert_problem(check(other), 404, in_detail="No API has the title 'Other'")
    assert_problem(check(other, "?api=x"), 404, in_detail="no API 'x'")
    assert_problem(check(other, "?api=never"), 404, in_detail="ever read")
    passed = check(other, "?unknown=pass").json()
    assert (passed["outcome"], passed["passes"], passed["apiId"]) == ("new", True, None)
    assert passed["changes"] == []
    assert_problem(check(bridges(), "?against=7"), 404, name="against")


def test_it_does_not_guess_between_apis(check: Callable[..., Any]) -> None:
    first, second = make_api(bridges()), make_api(bridges())

    named = f"{first.pk}, {second.pk}"
    assert_problem(check(bridges()), 409, in_detail=named)


def test_it_prints_what_a_pipeline_shows(check: Callable[..., Any]) -> None:
    api = make_api(bridges())
    path = "/colour\x1b[31m"
    before = bridges()
    before["paths"][path] = before["paths"]["/bridges"]
    make_api(before, document_url=api.document_url)

    response = check(broken_bridges(), Accept="text/plain")

    text = response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("BREAKS: This would break clients of Bridges.\n")
    assert "Compared with version 2 (1.0.0)" in text
    assert "(operation-removed)" in text
    assert "\x1b" not in text


def test_it_prints_that_there_was_nothing(check: Callable[..., Any]) -> None:
    text = check(bridges(), "?unknown=pass", Accept="text/plain").content.decode()

    assert text == ("NEW: Nothing to compare with: No API has the title 'Bridges'.\n")


def test_it_asks_for_a_token(
    client: Client, make_token: Callable[..., dict[str, str]]
) -> None:
    make_api(bridges())
    place, raw = "/v1/checks", as_bytes(bridges())

    def post(headers: dict[str, str]) -> int:
        return client.post(place, raw, JSON, headers=headers).status_code

    assert post({}) == 401
    assert post(make_token("catalog:write", name="writer")) == 403
    assert post(make_token("catalog:check", name="pipeline")) == 200
    assert_problem(client.get(place), 405)


@pytest.mark.parametrize(
    ("raw", "status"),
    [(b"{", 400), (b"\xff", 400), (b"a: 1", 422), (b"[" * 9_000, 422), (b"", 422)],
)
def test_it_refuses_what_is_no_document(
    check: Callable[..., Any], raw: bytes, status: int
) -> None:
    make_api(bridges())

    assert_problem(check(raw), status)
    assert_problem(check(raw, "?api=bridges"), status)


@pytest.mark.parametrize("query", ["failOn=none", "declared=1", "unknown=1", "x=1"])
def test_it_names_what_is_wrong(check: Callable[..., Any], query: str) -> None:
    name = query.partition("=")[0]

    assert_problem(check(bridges(), f"?{query}"), 400, name=name)


def test_it_counts_as_a_write(check: Callable[..., Any], settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 1
    make_api(bridges())

    assert [check(bridges()).status_code for _ in range(2)] == [200, 429]
