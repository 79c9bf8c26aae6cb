"""Documents by push and by URL: POST /v1/apis, PUT /v1/apis/<id>."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from factories import make_api, make_source
from providers import Provider, openapi

from catalog_service.models import Api, Source, Version
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

JSON, YAML = "application/json", "application/yaml"
SWAGGER = {"swagger": "2.0", "info": {"title": "Old", "version": "1"}, "paths": {}}
YAML_DOCUMENT = b"openapi: 3.1.0\ninfo: {title: Written, version: '1'}\npaths: {}\n"
ADDRESS = "address not allowed: the host has no public address"


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 0


@pytest.fixture
def push(client: Client, token: dict[str, str]) -> Callable[..., Any]:
    """Push bytes, or a value as JSON."""

    def send(
        body: Any, media_type: str = JSON, *, query: str = "", **headers: str
    ) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        path = f"/v1/apis{query}"
        return client.post(path, raw, media_type, headers={**token, **headers})

    return send


def test_it_takes_a_document_in(client: Client, push: Callable[..., Any]) -> None:
    response = push(openapi("Bridges"), query="?owner=Works")

    api = client.get(response["Location"].partition("8000")[2]).json()
    assert (response.status_code, response.json()["outcome"]) == (201, "admitted")
    assert (api["title"], api["version"], api["owner"]) == ("Bridges", "1.0.0", "Works")
    assert (api["validity"], api["operationCount"]) == ("valid", 1)
    assert api["facts"]["servers"][0]["url"] == "https://api.example.org/v1"


@pytest.mark.parametrize(
    ("body", "media_type", "specification"),
    [
        (b'openapi: 3.0.3\ninfo: {title: A, version: "1"}', YAML, "OpenAPI 3.0.3"),
        (b'openapi: 3.2.0\ninfo: {title: A, version: "1"}', YAML, "OpenAPI 3.2.0"),
        (b'swagger: "2.0"\ninfo: {title: A, version: "1"}', YAML, "Swagger 2.0"),
        (openapi(openapi="3.0.3"), JSON, "OpenAPI 3.0.3"),
        (openapi(openapi="3.1.1"), JSON, "OpenAPI 3.1.1"),
        (openapi(openapi="3.2.0"), JSON, "OpenAPI 3.2.0"),
        (SWAGGER, JSON, "Swagger 2.0"),
        (YAML_DOCUMENT, YAML, "OpenAPI 3.1.0"),
        (YAML_DOCUMENT, "text/yaml", "OpenAPI 3.1.0"),
        (YAML_DOCUMENT, "application/x-yaml", "OpenAPI 3.1.0"),
        (YAML_DOCUMENT, "application/vnd.oai.openapi", "OpenAPI 3.1.0"),
        (openapi(), "application/vnd.oai.openapi+json", "OpenAPI 3.0.3"),
    ],
)
def test_it_knows_what_it_was_given_case_11(
    push: Callable[..., Any], body: Any, media_type: str, specification: str
) -> None:
    response = push(body, media_type)

    assert response.status_code == 201
    assert response.json()["specification"] == specification


def test_it_makes_no_version_of_what_it_has_case_16(push: Callable[..., Any]) -> None:
    first = push({"openapi": "3.0.3", "info": {"title": "A", "version": "1"}})
    same = push({"openapi": "3.0.3", "info": {"title": "A", "version": "1"}})
    turned = push(b'{"info":{"version":"1", "title":"A"},\n "openapi":"3.0.3"}')

    assert [r.status_code for r in (first, same, turned)] == [201, 200, 200]
    assert turned.json()["outcome"] == "unchanged"
    assert Version.objects.count() == 1


def test_it_makes_a_version_of_what_is_new_case_17(
    client: Client, push: Callable[..., Any]
) -> None:
    old, new = openapi("Bridges"), openapi("Bridges", tags=[{"name": "steel"}])
    push(old)

    response = push(new)

    place = f"/v1/apis/{response.json()['id']}/versions"
    assert response.status_code == 201
    assert 'rel="predecessor-version"' in response["Link"]
    assert client.get(place).json()["total"] == 2
    first = client.get(f"{place}/1/openapi.json")
    assert first.content == json.dumps(old).encode()


def test_it_knows_an_api_by_a_name_when_it_has_one(push: Callable[..., Any]) -> None:
    first = push(openapi("Bridges"), query="?name=steel").json()
    second = push(openapi("Bridges of steel"), query="?name=steel").json()

    assert (second["id"], second["currentVersion"]) == (first["id"], 2)
    assert push(openapi("Bridges")).json()["id"] != first["id"]


def test_it_says_where_a_version_came_from(
    client: Client, push: Callable[..., Any]
) -> None:
    api_id = push(openapi()).json()["id"]

    version = client.get(f"/v1/apis/{api_id}/versions").json()["items"][0]

    assert (version["fetchedBy"], version["fetchedFrom"]) == ("tester", "")
    assert version["fetchedAt"]


def test_it_replaces_a_document(
    client: Client, push: Callable[..., Any], token: dict[str, str]
) -> None:
    api_id = push(openapi("One")).json()["id"]
    raw = json.dumps(openapi("Two")).encode()

    def put() -> Any:
        return client.put(f"/v1/apis/{api_id}", raw, JSON, headers=token)

    assert (put().status_code, put().status_code) == (201, 200)
    assert Api.objects.get().title == "Two"


def test_it_replaces_nothing_that_is_read_at_a_source(
    client: Client, token: dict[str, str]
) -> None:
    api = make_api(source=make_source())

    response = client.put(
        f"/v1/apis/{api.pk}", b'{"openapi": "3.0.0"}', JSON, headers=token
    )

    assert_problem(response, 409, in_detail="at its source")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_lets_nobody_change_what_another_pushed_case_7(
    client: Client, make_token: Callable[..., dict[str, str]], method: str
) -> None:
    api = make_api(document_url="pushed:a/b", registered_by="somebody")
    other = make_token("catalog:write", name="other")
    path, body = f"/v1/apis/{api.pk}", b'{"owner": "Mine"}'

    refused = getattr(client, method)(path, body, JSON, headers=other)

    assert_problem(refused, 403)
    admin = make_token(name="admin")
    assert client.delete(path, headers=admin).status_code == 204


def test_it_asks_for_a_token_with_the_scope_case_7(
    client: Client, make_token: Callable[..., dict[str, str]], settings: Any
) -> None:
    settings.TOKEN_SCOPES = {**settings.TOKEN_SCOPES, "catalog:other": ""}
    other = make_token("catalog:other", name="other")

    refused = client.post("/v1/apis", b"{}", JSON)

    assert_problem(refused, 401)
    assert "Bearer" in refused["WWW-Authenticate"]
    assert_problem(client.post("/v1/apis", b"{}", JSON, headers=other), 403)


@pytest.mark.parametrize(
    ("body", "media_type", "status", "detail"),
    [
        (b"{", JSON, 400, "not JSON"),
        (b"", JSON, 422, "it is empty"),
        (b"openapi: [", YAML, 400, "not YAML"),
        (b"openapi: '\xff'", YAML, 400, "line 1"),
        (b"<!doctype html>", "text/html", 422, "looks like HTML"),
        (b"<html></html>", YAML, 422, "not an OpenAPI document"),
        (b'{"asyncapi": "3.0.0"}', JSON, 422, "AsyncAPI"),
        (b'{"openapi": "4.0.0"}', JSON, 422, "is not read"),
        (b'{"a": 1}', JSON, 422, "no key 'openapi'"),
        (b"openapi: 3.0.0\nopenapi: 3.1.0", YAML, 422, "lines 1 and 2"),
        (b"<a/>", "application/xml", 415, ""),
        (b"x", "image/png", 415, ""),
    ],
)
def test_it_says_why_it_refuses_case_15(
    push: Callable[..., Any], body: bytes, media_type: str, status: int, detail: str
) -> None:
    assert_problem(push(body, media_type), status, in_detail=detail)
    assert Api.objects.count() == 0


def test_it_says_which_header_a_body_lacks(push: Callable[..., Any]) -> None:
    of_curl = "application/x-www-form-urlencoded"

    response = push(YAML_DOCUMENT, of_curl)

    told = "'Content-Type: application/json'; accepted are application/json, "
    assert_problem(response, 415, name="Content-Type", in_detail=told)


def test_it_unpacks_what_is_packed(push: Callable[..., Any]) -> None:
    packed = gzip.compress(YAML_DOCUMENT)

    response = push(packed, YAML, **{"Content-Encoding": "gzip"})

    assert response.status_code == 201


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        (gzip.compress(b" " * 30_000_000), "gzip", 413),
        (b"not packed", "gzip", 400),
        (b"{}", "br", 415),
        (b"{}", "gzip, gzip", 415),
    ],
)
def test_it_guards_against_what_is_packed_case_14(
    push: Callable[..., Any], body: bytes, encoding: str, status: int
) -> None:
    assert_problem(push(body, YAML, **{"Content-Encoding": encoding}), status)


def test_it_takes_only_so_much_case_14(push: Callable[..., Any]) -> None:
    assert_problem(push(b" " * 30_000_000), 413)
    assert_problem(push(b"{" + b" " * 10_100_000 + b"}"), 413)


def test_it_registers_a_url_case_5(
    client: Client, push: Callable[..., Any], provider: Provider
) -> None:
    contact = {"name": "Keepers", "email": "keepers@example.org"}
    info = {"title": "Pets", "version": "1.0.0", "contact": contact}
    url = provider.serve("/petstore.json", openapi(info=info))

    response = push({"url": url, "owner": "Zoo"})

    api, source = Api.objects.get(), Source.objects.get()
    body = client.get(response["Location"].partition("8000")[2]).json()
    assert (body["version"], body["oasVersion"]) == ("1.0.0", "3.0")
    assert (body["validity"], body["operationCount"]) == ("valid", 1)
    assert body["facts"]["contact"]["email"] == "keepers@example.org"
    assert body["facts"]["servers"][0]["url"] == "https://api.example.org/v1"
    assert (response.status_code, body["documentUrl"]) == (201, url)
    assert (body["title"], body["owner"]) == ("Pets", "Zoo")
    assert (source.url, source.kind, source.registered_by) == (
        url,
        "document",
        "tester",
    )
    assert api.versions.get().etag


def test_it_says_that_a_url_is_known_case_6(
    push: Callable[..., Any], provider: Provider
) -> None:
    url = provider.serve("/petstore.json", openapi("Pets"))
    api_id = push({"url": url}).json()["id"]

    assert_problem(push({"url": url}), 409, in_detail=f"API {api_id}")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:22/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/",
        "http://localhost/",
        "http://0x7f000001/",
        "http://127.1/",
    ],
)
def test_it_refuses_addresses_in_one_text_case_8(
    push: Callable[..., Any], url: str
) -> None:
    problem = assert_problem(push({"url": url}), 422)

    assert problem["detail"] == ADDRESS


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.example", "javascript:1", "http://u:p@h/"]
)
def test_it_names_the_url_that_is_none_case_9(
    push: Callable[..., Any], url: str
) -> None:
    assert_problem(push({"url": url}), 400, name="url")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"url": 5}, "url"),
        ({"url": "https://a.example", "owner": 5}, "owner"),
        ({"url": "https://a.example", "more": 1}, "more"),
    ],
)
def test_it_names_the_member_that_is_wrong(
    push: Callable[..., Any], body: Any, name: str
) -> None:
    assert_problem(push(body), 400, name=name)


def test_it_follows_no_redirect_inside_case_10(
    push: Callable[..., Any], provider: Provider
) -> None:
    provider.fail("/away", 302, Location="http://127.0.0.1:1/secret.json")

    problem = assert_problem(push({"url": f"{provider.origin}/away"}), 422)

    assert problem["detail"] == ADDRESS
    assert provider.paths_asked() == ["/away"]


def test_it_says_what_a_url_answered(
    push: Callable[..., Any], provider: Provider
) -> None:
    page = provider.serve("/page", b"<html>log in</html>")
    linkset = provider.list_documents("/a.json")

    assert_problem(push({"url": page}), 422, in_detail="looks like HTML")
    assert_problem(push({"url": linkset}), 422, in_detail="looks like a linkset")
    assert_problem(push({"url": provider.origin + "/none"}), 422, in_detail="404")
    assert Source.objects.count() == 0


def test_it_keeps_an_invalid_document_and_says_where(
    client: Client, push: Callable[..., Any]
) -> None:
    raw = b"openapi: 3.0.3\ninfo: {title: A}\npaths:\n  /a/{b}:\n    get: {}\n"

    body = push(raw, YAML).json()

    assert body["validity"] == "invalid"
    found = {(f["pointer"], f["line"], f["column"]) for f in body["findings"]}
    assert found >= {("/info", 2, 1), ("/paths/~1a~1{b}/get", 5, 5)}
    page = client.get(f"/apis/{body['slug']}").content.decode()
    assert "The document is invalid" in page
    assert "line 5, column 5" in page


def test_it_names_unknown_parameters(push: Callable[..., Any]) -> None:
    assert_problem(push(openapi(), query="?odd=1"), 400, name="odd")
    assert_problem(push(openapi(), query="?owner=" + "a" * 201), 400, name="owner")
