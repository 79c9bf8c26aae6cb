"""The pages as a browser gets them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from factories import make_api, make_source
from providers import FINE, openapi

from catalog_service.models import Source

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "openapi": "3.1.0",
    "info": {
        "title": f'{SCRIPT}"><b>',
        "version": SCRIPT,
        "description": f"{SCRIPT} ![x](https://evil.example/x.png)",
        "termsOfService": "javascript:alert(1)",
        "contact": {"name": SCRIPT, "url": "javascript:alert(1)", "email": SCRIPT},
        "license": {"name": SCRIPT, "url": "data:text/html,x"},
    },
    "servers": [{"url": f"https://a.example/{SCRIPT}", "description": SCRIPT}],
    "paths": {
        f"/{SCRIPT}": {"get": {"summary": SCRIPT, "tags": [SCRIPT], "deprecated": True}}
    },
    "webhooks": {SCRIPT: {"post": {"tags": 5}}},
}
TITLE = "scriptalert1scriptb"


class _Elements(HTMLParser):
    """Gathers the elements of a page and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def get(client: Client, path: str) -> tuple[Any, str]:
    """Get a page; return the response and its text."""
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200
    return response, response.content.decode()


def test_it_lists_apis_and_sources(client: Client) -> None:
    make_api(openapi("Bridges"), source=make_source(state="failing"))

    response, page = get(client, "/")

    assert '<a href="/apis/bridges">Bridges</a>' in page
    assert "All Bridges." in page
    assert "1 source cannot be read now" in page
    assert 'rel="api-catalog"' in response["Link"]


def test_it_says_that_nothing_is_there_yet(client: Client) -> None:
    assert "No API is listed yet" in get(client, "/")[1]
    assert "No API has all of these words" in get(client, "/?q=bridge")[1]
    assert "No source is registered yet" in get(client, "/sources")[1]


def test_it_searches(client: Client) -> None:
    make_api(openapi("Bridges"))
    make_api(openapi("Locks"))

    _, page = get(client, "/?q=BRIDGE")

    assert "/apis/bridges" in page
    assert "/apis/locks" not in page
    assert 'value="BRIDGE"' in page


def test_it_pages_through_many(client: Client) -> None:
    for number in range(30):
        make_api(openapi(f"API {number:02}"))

    _, first = get(client, "/?q=api")
    _, second = get(client, "/?q=api&page=2")

    assert 'href="?q=api&amp;page=2"' in first
    assert ("</mark> 23" in first, "</mark> 24" in first) == (True, False)
    assert "<mark>API</mark> 29" in second
    assert client.get("/?page=3").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=%00", 400), ("q=" + "a" * 201, 400), ("page=x", 400), ("q=%25%27%5C", 200)],
)
def test_it_survives_odd_queries(client: Client, query: str, status: int) -> None:
    assert client.get(f"/?{query}").status_code == status


def test_it_shows_an_api(client: Client) -> None:
    api = make_api(openapi("Bridges"), source=make_source(owner="Works"))

    _, page = get(client, "/apis/bridges")

    for text in ("<h1>Bridges</h1>", "Works", "OpenAPI 3.0.3", "/things", "List"):
        assert text in page
    assert f"/v1/apis/{api.pk}/versions/1/openapi.yaml" in page
    assert "https://api.example.org/v1" in page


@pytest.mark.parametrize(
    ("state", "text"),
    [("unreadable", "cannot be read"), ("vanished", "no longer listed")],
)
def test_it_says_what_became_of_an_api(client: Client, state: str, text: str) -> None:
    api = make_api(openapi("Bridges"))
    api.state, api.message = state, "the reason"
    api.save()

    _, page = get(client, "/apis/bridges")

    assert text in page
    assert "the reason" in page
    assert text in get(client, "/")[1]


def test_it_shows_an_api_without_any_document(client: Client) -> None:
    api = make_api(openapi("Bridges"))
    api.current = None
    api.save()

    assert "No document of this API was ever read" in get(client, "/apis/bridges")[1]
    assert client.get("/apis/bridges/swagger").status_code == 404
    assert client.get("/apis/bridges/openapi.json").status_code == 404
    assert get(client, "/")
    assert client.get("/v1/apis").json()["items"][0]["currentVersion"] is None


def test_it_pages_through_the_operations_of_an_api(client: Client) -> None:
    paths = {f"/{number:03}": {"get": {}} for number in range(310)}
    make_api(openapi("Bridges", paths=paths))

    _, first = get(client, "/apis/bridges")
    _, last = get(client, "/apis/bridges?page=4")

    assert ("/099" in first, "/100" in first, "page=2" in first) == (True, False, True)
    assert "/309" in last
    assert client.get("/apis/bridges?page=5").status_code == 404


def test_it_knows_no_other_api(client: Client) -> None:
    for path in ("/apis/x", "/apis/x/swagger", "/apis/x/openapi.json", "/apis/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", f"/apis/{TITLE}", f"/apis/{TITLE}/swagger", "/sources"]
)
def test_it_shows_hostile_texts_as_texts(client: Client, path: str) -> None:
    source = make_source(state="failing", message=SCRIPT, owner=SCRIPT)
    make_api(HOSTILE, source=source)

    _, page = get(client, path)

    assert SCRIPT not in page
    for tag, attributes in _Elements(page).found:
        assert tag != "script" or attributes["src"].startswith("/static/")
        assert tag not in {"style", "iframe", "b"}
        assert not {"style", "onerror", "onload"} & set(attributes)
        link = attributes.get("href") or attributes.get("src") or "/"
        assert re.match(r"/|#|https?://|mailto:", link), link
        assert "evil.example" not in str(attributes)


def test_it_writes_out_what_turns_text(client: Client) -> None:
    paths = {"/a\u202eb": {"get": {"responses": FINE}}}
    api = make_api(openapi("Bridges", paths=paths))
    make_api(openapi("Bridges", paths={}), document_url=api.document_url)
    make_api(openapi("Bridges", paths=paths), document_url=api.document_url)

    place = "/apis/bridges"
    for path in (place, f"{place}/lint", f"{place}/diff?from=1&to=2", "/operations"):
        page = get(client, path)[1]
        assert "\u202e" not in page
        assert "a\\u202eb" in page
    changes = client.get(f"/v1/apis/{api.pk}/diff?from=1&to=2").json()["changes"]
    assert "\u202e" not in "".join(each["messages"]["nl"] for each in changes)


def test_it_allows_nothing_inline_case_33(client: Client) -> None:
    make_api(openapi("Bridges"))

    for path in ("/", "/apis/bridges", "/apis/bridges/swagger", "/sources", "/v1"):
        policy = get(client, path)[0]["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_it_lets_swagger_reach_the_servers_of_the_document(client: Client) -> None:
    servers = [{"url": "https://a.example:8443/v1"}, {"url": "/v2"}]
    make_api(
        openapi("Bridges", servers=servers), document_url="https://b.example/x/o.json"
    )

    response, page = get(client, "/apis/bridges/swagger")

    connect = _directive(response, "connect-src")
    assert connect == ["'self'", "https://a.example:8443", "https://b.example"]
    assert 'data-spec-url="/apis/bridges/openapi.json"' in page


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example; script-src *",
        "https://a.example\r\nSet-Cookie: a=b",
        "https://a.example, *",
        "https://*.example",
        "https://user@a.example",
        "javascript:alert(1)",
        "https://a.example 'unsafe-inline'",
        "https://①.example",
    ],
)
def test_it_writes_no_server_into_a_header(client: Client, url: str) -> None:
    make_api(openapi("Bridges", servers=[{"url": url}]))

    response, _ = get(client, "/apis/bridges/swagger")

    assert "Set-Cookie" not in response
    assert "*" not in response["Content-Security-Policy"]
    assert response["Content-Security-Policy"].count("script-src") <= 1
    for source in _directive(response, "connect-src"):
        assert re.fullmatch(r"'self'|https?://[a-z0-9.-]+(:[0-9]+)?", source)


def test_it_lets_swagger_reach_only_so_many_servers(client: Client) -> None:
    servers = [{"url": f"https://h{number}.example"} for number in range(500)]
    make_api(openapi("Bridges", servers=servers))

    response, _ = get(client, "/apis/bridges/swagger")

    assert len(_directive(response, "connect-src")) <= 11


def test_it_ignores_what_the_address_says_of_the_document_case_33(
    client: Client,
) -> None:
    make_api(openapi("Bridges"))

    _, page = get(client, "/apis/bridges/swagger?url=https://evil.example&configUrl=x")

    assert "evil" not in page


def test_it_gives_swagger_servers_that_lead_to_the_api(client: Client) -> None:
    make_api(
        openapi("Bridges", servers=[{"url": "/v2"}]),
        document_url="https://b.example/x/o.json",
    )

    document = client.get("/apis/bridges/openapi.json").json()

    assert document["servers"] == [{"url": "https://b.example/v2"}]


def test_it_gives_swagger_each_document_once(client: Client) -> None:
    make_api(openapi("Bridges"))
    etag = client.get("/apis/bridges/openapi.json")["ETag"]

    again = client.get("/apis/bridges/openapi.json", headers={"If-None-Match": etag})

    assert again.status_code == 304


def test_it_shows_documents_beyond_all_measure(client: Client) -> None:
    paths = {f"/{number}": {"get": {"summary": "x"}} for number in range(10_000)}
    schemas = {f"S{number}": {"type": "string"} for number in range(50_000)}
    make_api(
        openapi(
            "Large",
            paths={**paths, "/" + "p" * 10_000: {"get": {}}},
            components={"schemas": schemas},
            info={"title": "Large", "version": "1", "description": "d " * 1_000_000},
        )
    )

    _, page = get(client, "/apis/large")

    assert len(page) < 400_000
    assert get(client, "/apis/large/swagger")
    facts = client.get("/v1/apis").json()["items"][0]
    assert facts["operationCount"] == 10_001
    assert get(client, "/?q=d")


def test_it_shows_the_sources(client: Client) -> None:
    source = make_source(owner="Works", state="failing", message="first\nsecond")
    make_api(openapi("Bridges"), source=source)
    make_source(state="well")

    _, page = get(client, "/sources")

    assert source.url in page
    assert "first<br>second" in page


def test_it_shows_its_own_api(client: Client) -> None:
    _, page = get(client, "/v1")

    assert 'data-spec-url="/v1/openapi.json"' in page


def test_it_describes_itself_at_the_well_known_place_case_2(client: Client) -> None:
    make_source(url="https://a.example/linkset", kind="linkset")
    make_source(url="https://a.example/doc.json", kind="document")

    response = client.get("/.well-known/api-catalog")

    own, nested = response.json()["linkset"]
    assert (
        'profile="https://www.rfc-editor.org/info/rfc9727"' in response["Content-Type"]
    )
    assert own["service-desc"][0]["href"].endswith("/v1/openapi.json")
    assert nested["api-catalog"] == [{"href": "https://a.example/linkset"}]
    for name, targets in {**own, **nested}.items():
        if name != "anchor":
            assert all(urlsplit(target["href"]).netloc for target in targets)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html"),
        ("text/html,*/*;q=0.8", "text/html"),
        ("image/png", "application/linkset+json; profile="),
        ("*/*", "application/linkset+json; profile="),
    ],
)
def test_it_has_a_page_at_the_well_known_place_case_4(
    client: Client, accept: str, media_type: str
) -> None:
    response = client.get("/.well-known/api-catalog", headers={"Accept": accept})

    assert response.status_code == 200
    assert response["Content-Type"].startswith(media_type)
    assert "Accept" in response["Vary"]


def test_it_answers_head_at_the_well_known_place_case_3(client: Client) -> None:
    response = client.head("/.well-known/api-catalog")

    assert (response.status_code, response.content) == (200, b"")
    assert 'rel="item"' in response["Link"]


def test_it_says_whether_there_is_anything(client: Client) -> None:
    assert client.get("/status/data").status_code == 503
    make_api()
    assert client.get("/status/data").status_code == 200


def test_the_admin_shows_everything(admin_client: Client) -> None:
    api = make_api(openapi("Bridges"), source=make_source())
    source = api.source
    assert source is not None

    for path in (
        f"source/{source.pk}/change/", f"api/{api.pk}/change/",
        f"version/{api.current_id}/change/", "harvest/", "source/", "api/", "version/",
    ):  # fmt: skip
        assert admin_client.get(f"/admin/catalog_service/{path}").status_code == 200
    assert admin_client.get("/admin/catalog_service/api/add/").status_code == 403


def test_the_admin_adds_sources(admin_client: Client) -> None:
    url = "https://a.example/linkset"

    admin_client.post("/admin/catalog_service/source/add/", {"url": url})

    assert Source.objects.get(url=url).registered_by == "admin"


def _directive(response: Any, name: str) -> list[str]:
    policy = response["Content-Security-Policy"].split(";")
    (found,) = [part.split() for part in policy if part.split()[0] == name]
    return found[1:]
