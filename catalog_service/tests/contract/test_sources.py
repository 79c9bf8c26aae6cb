"""/v1/sources as a client sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from factories import make_source
from providers import Provider

from catalog_service.models import Source
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

NOT_PUBLIC = [
    "http://127.0.0.1:22/",
    "http://2130706433/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/",
    "http://localhost/",
]
NO_URL = [
    "file:///etc/passwd",
    "ftp://x.example",
    "javascript:1",
    "http://u:p@h.example/",
    "http://h.example/\r\nX: y",
    "http://h.example:25/",
    "http://①②⑦.example/",
    "",
    "x",
]


def post(client: Client, token: dict[str, str], body: Any) -> Any:
    """Register a source."""
    return client.post("/v1/sources", body, "application/json", headers=token)


def test_it_lists_sources(client: Client) -> None:
    source = make_source(owner="Works", state="failing", message="why")

    body = client.get("/v1/sources").json()

    assert body["total"] == 1
    assert body["items"][0] == client.get(f"/v1/sources/{source.pk}").json()
    assert body["items"][0]["message"] == "why"


def test_it_registers_a_source(client: Client, token: dict[str, str]) -> None:
    url = "https://host.example/linkset"

    response = post(client, token, {"url": url, "owner": "Works"})

    source = Source.objects.get()
    assert response.status_code == 201
    assert response["Location"].endswith(f"/v1/sources/{source.pk}")
    assert (response.json()["url"], source.registered_by) == (url, "tester")


def test_it_registers_a_trusted_source(
    client: Client, token: dict[str, str], provider: Provider
) -> None:
    response = post(client, token, {"url": provider.origin})

    assert response.status_code == 201
    assert provider.requests == []


def test_it_says_that_a_source_is_known(client: Client, token: dict[str, str]) -> None:
    source = make_source(url="https://host.example/linkset")

    response = post(client, token, {"url": "HTTPS://Host.example:443/linkset"})

    assert_problem(response, 409, in_detail=f"with id {source.pk}")


@pytest.mark.parametrize("url", NOT_PUBLIC)
def test_it_refuses_addresses_in_one_text(
    client: Client, token: dict[str, str], url: str
) -> None:
    problem = assert_problem(post(client, token, {"url": url}), 422)

    assert problem["detail"] == "address not allowed: the host has no public address"


@pytest.mark.parametrize("url", NO_URL)
def test_it_names_the_url_that_is_none(
    client: Client, token: dict[str, str], url: str
) -> None:
    assert_problem(post(client, token, {"url": url}), 400, name="url")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "url"),
        ({"url": 5}, "url"),
        ({"url": "https://a.example", "owner": 5}, "owner"),
        ({"url": "https://a.example", "owner": "a" * 201}, "owner"),
        ({"url": "https://a.example", "owner": "\0"}, "owner"),
        ({"url": "https://a.example", "owner": "\ud800"}, "owner"),
        ([], ""),
        ("{", ""),
        ("[" * 100_000, ""),
    ],
)
def test_it_names_the_member_that_is_wrong(
    client: Client, token: dict[str, str], body: Any, name: str
) -> None:
    assert_problem(post(client, token, body), 400, name=name)


def test_it_takes_only_json(client: Client, token: dict[str, str]) -> None:
    response = client.post("/v1/sources", "a=1", "text/plain", headers=token)

    assert_problem(response, 415)


def test_it_lets_only_tokens_with_the_scope_write(
    client: Client,
    make_token: Callable[..., dict[str, str]],
    settings: Any,
) -> None:
    settings.TOKEN_SCOPES = {**settings.TOKEN_SCOPES, "catalog:other": ""}
    other = make_token("catalog:other", name="other")
    source = make_source()

    refused = post(client, {}, {"url": "https://a.example"})
    assert_problem(refused, 401)
    assert "Bearer" in refused["WWW-Authenticate"]
    assert_problem(post(client, other, {"url": "https://a.example"}), 403)
    assert_problem(client.delete(f"/v1/sources/{source.pk}", headers=other), 403)


def test_it_removes_a_source(client: Client, token: dict[str, str]) -> None:
    source = make_source()

    response = client.delete(f"/v1/sources/{source.pk}", headers=token)

    assert (response.status_code, response.content) == (204, b"")
    assert_problem(client.delete(f"/v1/sources/{source.pk}", headers=token), 404)


def test_it_limits_writes(client: Client, token: dict[str, str], settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 1
    for number in range(3):
        response = post(client, token, {"url": f"https://a{number}.example"})

    assert_problem(response, 429)


def test_it_says_where_the_sources_are(client: Client, token: dict[str, str]) -> None:
    told = "There is no source 7; /v1/sources lists them."

    assert_problem(client.get("/v1/sources/7"), 404, in_detail=told)
    response = client.delete("/v1/sources/7", headers=token)
    assert_problem(response, 404, in_detail=told)
