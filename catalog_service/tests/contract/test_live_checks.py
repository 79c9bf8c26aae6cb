"""Live checks: a running API is asked, nobody else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from designs import good
from django.test import Client
from factories import make_api, make_source
from providers import Provider

from catalog_service.live_checking.running import request_due_checks, run_live_check
from catalog_service.models import Api, LiveCheck
from catalog_service.tasks import check_daily, live_check
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

HEADERS = {
    "API-Version": "1.0.0",
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def api(provider: Provider) -> Api:
    """An API that says where it answers."""
    return make_served(provider)


@pytest.fixture
def check(client: Client, token: dict[str, str]) -> Callable[[Api], dict[str, Any]]:
    """Request a live check, let the worker run it, and return what it tells."""

    def run(api: Api) -> dict[str, Any]:
        place = f"/v1/apis/{api.pk}/live-checks"
        requested = client.post(place, headers=token)
        assert requested.status_code == 202, requested.content
        live_check(requested.json()["id"])
        told: dict[str, Any] = client.get(requested["Location"]).json()
        return told

    return run


def make_served(provider: Provider, server: str = "", **values: Any) -> Api:
    """Make an API whose document was read at the provider."""
    servers = [{"url": server or f"{provider.origin}/v1"}]
    url = f"{provider.origin}/v1/openapi.json"
    return make_api(good(servers=servers), document_url=url, **values)


def results(told: dict[str, Any]) -> dict[str, str]:
    """Return what came of each check."""
    return {
        each["rule"].split("/", 1)[1]: each["result"] for each in told["observations"]
    }


def test_it_sees_what_is_right(
    provider: Provider, api: Api, check: Callable[[Api], dict[str, Any]]
) -> None:
    provider.serve("/v1/openapi.json", good(), **HEADERS)
    provider.serve("/v1/openapi.yaml", yaml.safe_dump(good()).encode())

    told = check(api)

    assert (told["state"], told["message"]) == ("done", "")
    assert told["finishedAt"]
    assert provider.paths_asked() == ["/v1/openapi.json", "/v1/openapi.yaml"]
    assert results(told) == {
        "publish-openapi": "passed",
        "publish-openapi/cors": "passed",
        "publish-openapi/yaml": "passed",
        "version-header": "passed",
        "tls": "failed",
        "security-headers/hsts": "undecided",
        "security-headers/cache-control": "passed",
        "security-headers/csp": "passed",
        "security-headers/nosniff": "passed",
        "security-headers/frame-options": "passed",
    }


def test_it_sees_what_is_wrong(
    provider: Provider, api: Api, check: Callable[[Api], dict[str, Any]]
) -> None:
    provider.serve("/v1/openapi.json", good(), **{"API-Version": "0.9"})
    provider.serve("/v1/openapi.yaml", yaml.safe_dump(good(tags=[])).encode())

    told = check(api)

    found = results(told)
    assert found.pop("publish-openapi") == "passed"
    assert found.pop("security-headers/hsts") == "undecided"
    assert set(found.values()) == {"failed"}
    version = told["observations"][3]
    assert (version["rule"], version["seen"]) == ("core/version-header", "0.9")
    assert version["messages"]["nl"] != version["message"] == version["messages"]["en"]
    assert version["link"].startswith("https://")


def test_it_reads_headers_also_of_an_error(
    provider: Provider, api: Api, check: Callable[[Api], dict[str, Any]]
) -> None:
    provider.fail("/v1/openapi.json", 404, **{"API-Version": "1.0.0"})

    told = check(api)

    assert results(told)["version-header"] == "passed"
    assert told["observations"][0]["seen"] == "the server answered 404"
    assert results(told)["publish-openapi/yaml"] == "undecided"


def test_it_knows_a_page_from_a_document(
    provider: Provider, api: Api, check: Callable[[Api], dict[str, Any]]
) -> None:
    provider.serve("/v1/openapi.json", b"<html>Hello</html>")

    told = check(api)

    assert results(told)["publish-openapi"] == "failed"
    assert "<html>" not in json.dumps(told)


def test_it_follows_no_redirect(
    provider: Provider, api: Api, check: Callable[[Api], dict[str, Any]]
) -> None:
    provider.fail("/v1/openapi.json", 302, Location=f"{provider.origin}/secret")

    told = check(api)

    assert (told["state"], told["observations"]) == ("failed", [])
    assert provider.paths_asked() == ["/v1/openapi.json"]


@pytest.mark.parametrize(
    "server",
    [
        "http://127.0.0.1:22/v1",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/v1",
    ],
)
def test_it_asks_no_address_of_the_inside(
    provider: Provider, check: Callable[[Api], dict[str, Any]], server: str
) -> None:
    told = check(make_served(provider, server))

    assert told["state"] == "failed"
    assert told["message"] == "the host has no public address"


def test_no_stranger_sends_us_to_our_own_house(
    provider: Provider, check: Callable[[Api], dict[str, Any]], token: dict[str, str]
) -> None:
    servers = [{"url": f"{provider.origin}/v1"}]
    stranger = make_api(good(servers=servers), document_url="https://x.example/o.json")

    told = check(stranger)

    assert told["message"] == "the host has no public address"
    assert provider.paths_asked() == []


@pytest.mark.parametrize("server", ["file:///etc/passwd", "ftp://a.example/", "/v1"])
def test_it_says_when_there_is_nothing_to_ask(
    client: Client, check: Callable[[Api], dict[str, Any]], server: str
) -> None:
    pushed = make_api(good(servers=[{"url": server}]), document_url="pushed:a/b")

    assert "no server" in check(pushed)["message"]


def test_it_waits_once(client: Client, api: Api, token: dict[str, str]) -> None:
    place = f"/v1/apis/{api.pk}/live-checks"

    first, second = (client.post(place, headers=token) for _ in range(2))

    assert first.json()["id"] == second.json()["id"]
    assert (first.json()["state"], first.json()["finishedAt"]) == ("waiting", None)
    assert client.get(place).json()["total"] == 1


def test_it_begins_anew_when_a_check_was_lost(
    client: Client, api: Api, token: dict[str, str]
) -> None:
    place = f"/v1/apis/{api.pk}/live-checks"
    lost = client.post(place, headers=token).json()["id"]
    LiveCheck.objects.update(requested_at="2026-01-02T00:00:00Z")

    again = client.post(place, headers=token).json()["id"]

    assert again != lost
    assert LiveCheck.objects.get(pk=lost).message == "it was broken off"


def test_it_is_run_once(
    provider: Provider, api: Api, check: Callable[[Api], dict[str, Any]]
) -> None:
    provider.serve("/v1/openapi.json", good(), **HEADERS)
    told = check(api)
    provider.paths_asked()

    run_live_check(told["id"])
    run_live_check(told["id"] + 1)

    assert provider.paths_asked() == []


def test_it_keeps_the_last_ones(
    provider: Provider, api: Api, check: Callable[[Api], dict[str, Any]]
) -> None:
    LiveCheck.objects.bulk_create(
        LiveCheck(api=api, state="done", requested_by="x") for _ in range(30)
    )

    check(api)

    assert api.live_checks.count() == 20


def test_it_checks_once_a_day_what_vouches_for_itself(provider: Provider) -> None:
    own = make_served(provider, source=make_source())
    elsewhere = good(servers=[{"url": "https://victim.example/v1"}])
    make_api(elsewhere, document_url=f"{provider.origin}/b.json", source=make_source())
    make_api(good(), document_url="pushed:a/b")

    assert check_daily(timestamp=0) == 1
    assert check_daily(timestamp=0) == 0
    assert LiveCheck.objects.get().api_id == own.pk
    LiveCheck.objects.update(requested_at="2026-01-02T00:00:00Z", state="done")
    assert request_due_checks(at_most=1) == 1


def test_it_tells_in_dutch(client: Client, api: Api, token: dict[str, str]) -> None:
    place = f"/v1/apis/{api.pk}/live-checks"
    client.post(place, headers=token)

    assert client.get(place, headers={"Accept-Language": "nl"})["Content-Language"] == (
        "nl"
    )


def test_only_an_account_requests_one(
    client: Client, api: Api, make_token: Any
) -> None:
    place = f"/v1/apis/{api.pk}/live-checks"

    assert_problem(client.post(place), 401)
    assert_problem(client.post(place, headers=make_token("catalog:check")), 403)


def test_it_has_a_problem_where_nothing_is(
    client: Client, api: Api, token: dict[str, str]
) -> None:
    place = f"/v1/apis/{api.pk}/live-checks"

    assert_problem(client.get("/v1/apis/0/live-checks"), 404)
    assert_problem(client.post("/v1/apis/0/live-checks", headers=token), 404)
    assert_problem(client.get(f"{place}/0"), 404)
    assert_problem(client.get(f"{place}?a=1"), 400, name="a")
    client.delete(f"/v1/apis/{api.pk}", headers=token)
    assert_problem(client.post(place, headers=token), 410)
