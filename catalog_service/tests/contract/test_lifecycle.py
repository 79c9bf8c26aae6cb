"""Status, deprecation, sunset; the audit log; feeds; linksets; removal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from factories import make_api, make_source
from providers import openapi

from catalog_service.models import Api, Change
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
JSON = "application/json"


@pytest.fixture
def patch(client: Client, token: dict[str, str]) -> Callable[..., Any]:
    """Change an API by hand."""

    def send(api: Api, **changes: Any) -> Any:
        raw = json.dumps(changes).encode()
        return client.patch(f"/v1/apis/{api.pk}", raw, JSON, headers=token)

    return send


def seconds(day: str) -> int:
    """Return the first second of a day."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def test_it_is_deprecated_by_hand_case_40(
    client: Client, patch: Callable[..., Any]
) -> None:
    api = make_api(openapi("Bridges"))

    body = patch(api, deprecated="2026-01-02", sunset="2999-12-31").json()

    assert (body["lifecycle"], body["deprecated"]) == ("deprecated", "2026-01-02")
    for path in (
        f"/v1/apis/{api.pk}",
        f"/v1/apis/{api.pk}/versions/1/openapi.json",
        f"/v1/apis/{api.pk}/versions/1/openapi.yaml",
        "/apis/bridges",
    ):
        response = client.get(path)
        assert response["Deprecation"] == f"@{seconds('2026-01-02')}"
        assert response["Sunset"] == "Tue, 31 Dec 2999 00:00:00 GMT"
        assert 'rel="sunset"' in response["Link"]
    page = client.get("/apis/bridges").content.decode()
    assert "deprecated since 2 January 2026" in page
    assert "retired on 31 December 2999" in page


def test_it_is_retired_after_its_sunset_case_40(
    client: Client, patch: Callable[..., Any]
) -> None:
    api = make_api(openapi("Bridges"))

    assert patch(api, sunset="2020-01-01").json()["lifecycle"] == "retired"
    assert client.get("/v1/apis?lifecycle=retired").json()["total"] == 1
    assert "is retired since" in client.get("/apis/bridges").content.decode()


@pytest.mark.parametrize("status", ["deprecated", "retired"])
def test_it_dates_a_status_of_today(patch: Callable[..., Any], status: str) -> None:
    api = make_api()

    body = patch(api, status=status).json()

    assert body["lifecycle"] == status
    assert body["deprecated" if status == "deprecated" else "sunset"]


def test_it_takes_the_stage_from_the_document(client: Client) -> None:
    info = {
        "title": "A",
        "version": "1",
        "x-deprecated": True,
        "x-sunset": "2999-01-01",
    }
    make_api(openapi(info=info))
    make_api(openapi("B", **{"x-api-status": "beta"}))

    first, second = client.get("/v1/apis").json()["items"]

    assert (first["lifecycle"], first["sunset"]) == ("deprecated", "2999-01-01")
    assert first["deprecated"]
    assert second["lifecycle"] == "experimental"
    assert "is experimental" in client.get("/apis/b").content.decode()


def test_it_keeps_what_was_set_by_hand(patch: Callable[..., Any]) -> None:
    api = make_api(openapi("A"))
    patch(api, deprecated="2026-01-02")

    make_api(
        openapi("A", **{"x-deprecated": "2027-01-01"}), document_url=api.document_url
    )

    api.refresh_from_db()
    assert str(api.deprecated_date) == "2026-01-02"
    assert patch(api, deprecated=None).json()["deprecated"] == "2027-01-01"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"deprecated": "2026-01-02", "sunset": "2026-01-01"}, "sunset"),
        ({"deprecated": "soon"}, "deprecated"),
        ({"sunset": 5}, "sunset"),
        ({"sunset": "2026-01-01T00:00:00Z"}, "sunset"),
        ({"status": "odd"}, "status"),
        ({"owner": 5}, "owner"),
        ({"title": "x"}, "title"),
        ({}, "body"),
    ],
)
def test_it_names_what_cannot_be_set_case_40(
    patch: Callable[..., Any], changes: dict[str, Any], name: str
) -> None:
    api = make_api()

    assert_problem(patch(api, **changes), 400, name=name)
    assert Change.objects.filter(kind="lifecycle").count() == 0


def test_it_refuses_malformed_changes_case_40(
    client: Client, token: dict[str, str]
) -> None:
    path = f"/v1/apis/{make_api().pk}"

    for raw in (b"{", b"[]", b"\xff"):
        assert_problem(client.patch(path, raw, JSON, headers=token), 400, name="body")
    assert_problem(client.patch(path, b"a", "image/png", headers=token), 415)


def test_it_writes_every_change_down_case_40(
    client: Client, patch: Callable[..., Any]
) -> None:
    api = make_api(openapi("A"), owner="Works")
    make_api(openapi("B"), document_url=api.document_url)
    patch(api, owner="Parks")
    patch(api, sunset="2030-01-01")
    patch(api, sunset="2030-01-01")

    items = client.get(f"/v1/apis/{api.pk}/audit").json()["items"]

    kinds = [item["kind"] for item in items]
    assert kinds == ["lifecycle", "owner", "version", "added"]
    assert items[0]["before"] == {"sunset": None, "byHand": []}
    assert items[0]["after"] == {"sunset": "2030-01-01", "byHand": ["sunset"]}
    assert (items[1]["changedBy"], items[1]["after"]) == ("tester", {"owner": "Parks"})
    assert items[2]["before"]["version"] == 1
    assert items[0]["changedAt"].endswith("Z")


def test_it_names_no_owner_against_the_source(patch: Callable[..., Any]) -> None:
    api = make_api(source=make_source(kind="linkset"))
    own = make_api(source=make_source(kind="document"))

    assert_problem(patch(api, owner="Me"), 409)
    assert patch(own, owner="Me").json()["owner"] == "Me"


def test_it_removes_an_api_and_keeps_its_log_case_40(
    client: Client, token: dict[str, str]
) -> None:
    api = make_api(openapi("Bridges"))
    path = f"/v1/apis/{api.pk}"

    response = client.delete(path, headers=token)

    assert (response.status_code, response.content) == (204, b"")
    for gone in (
        path,
        f"{path}/versions",
        f"{path}/versions/1/openapi.json",
        f"{path}/linkset",
        "/apis/bridges",
    ):
        assert_problem(client.get(gone), 410)
    assert_problem(client.delete(path, headers=token), 410)
    assert client.get("/v1/apis?q=bridges").json()["total"] == 0
    assert client.get("/v1/operations").json()["total"] == 0
    log = client.get(f"{path}/audit").json()["items"]
    assert (log[0]["kind"], log[0]["changedBy"]) == ("removed", "tester")


def test_it_takes_back_what_comes_again(client: Client, token: dict[str, str]) -> None:
    api = make_api(openapi("Bridges"))
    client.delete(f"/v1/apis/{api.pk}", headers=token)

    make_api(openapi("Bridges"), document_url=api.document_url)

    assert client.get(f"/v1/apis/{api.pk}").status_code == 200
    assert Change.objects.latest("id").kind == "restored"


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_it_has_a_problem_for_what_was_never_there_case_40(
    client: Client, token: dict[str, str], method: str
) -> None:
    body = {} if method == "get" else {"data": b'{"owner": ""}', "content_type": JSON}

    response = getattr(client, method)("/v1/apis/0", headers=token, **body)

    assert_problem(response, 404)


@pytest.mark.parametrize("path", ["audit", "feed.atom", "linkset"])
def test_it_has_no_parts_of_what_was_never_there(client: Client, path: str) -> None:
    assert_problem(client.get(f"/v1/apis/0/{path}"), 404)


def test_it_feeds_changes_case_31(client: Client) -> None:
    api = make_api(openapi("<b>& Bridges\x0b"))
    make_api(openapi("Locks"))

    whole = client.get("/v1/feed.atom")
    own = client.get(f"/v1/apis/{api.pk}/feed.atom")

    assert whole["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(whole.content).findall(f"{ATOM}entry")  # noqa: S314
    assert [e.findtext(f"{ATOM}title") for e in entries] == [
        "Locks: new in the catalogue",
        "<b>& Bridges: new in the catalogue",
    ]
    assert datetime.fromisoformat(str(entries[0].findtext(f"{ATOM}updated"))).tzinfo
    assert len(ElementTree.fromstring(own.content).findall(f"{ATOM}entry")) == 1  # noqa: S314


def test_it_feeds_each_kind_of_change(
    client: Client, patch: Callable[..., Any], token: dict[str, str]
) -> None:
    api = make_api(openapi("A"))
    make_api(openapi("A", tags=[]), document_url=api.document_url)
    patch(api, sunset="2030-01-01", owner="Me")
    patch(api, sunset="2031-01-01")
    client.delete(f"/v1/apis/{api.pk}", headers=token)

    feed = client.get(f"/v1/apis/{api.pk}/feed.atom").content.decode()

    for title in (
        "removed from",
        "sunset 2031-01-01",
        "another owner",
        "A: version 2",
    ):
        assert title in feed


def test_its_feed_knows_what_the_client_has_case_31(client: Client) -> None:
    api = make_api()
    etag = client.get("/v1/feed.atom")["ETag"]
    headers = {"If-None-Match": etag}

    assert client.get("/v1/feed.atom", headers=headers).status_code == 304
    make_api(openapi("Other"), document_url=api.document_url)
    assert client.get("/v1/feed.atom", headers=headers).status_code == 200
    assert_problem(client.get("/v1/feed.atom?a=1"), 400, name="a")


def test_it_links_to_sunset_and_deprecation_case_40(
    client: Client, patch: Callable[..., Any]
) -> None:
    api = make_api(openapi("Bridges"))
    make_api(openapi("Locks"))
    patch(api, deprecated="2026-01-02", sunset="2030-01-01")

    own = client.get(f"/v1/apis/{api.pk}/linkset").json()["linkset"]
    whole = client.get("/v1/linkset").json()["linkset"]

    assert own[0]["sunset"][0]["href"].endswith("/apis/bridges")
    assert own[0]["deprecation"]
    assert len(whole) == 2
    assert "sunset" not in whole[1]
    assert len(whole[1]["service-desc"]) == 2
