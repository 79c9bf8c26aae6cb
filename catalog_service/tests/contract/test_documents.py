"""The stored documents over HTTP."""

from __future__ import annotations

import json
from unittest.mock import patch

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from factories import make_api
from providers import openapi

from catalog_service.documents import read_value
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

ODD_JSON = b'{ "openapi":"3.0.3",\r\n "info": {"title": "caf\\u00e9", "version": "1"} }'
YAML = b"# a note\nopenapi: 3.1.0\ninfo:\n  title: Caf\xc3\xa9\n  version: '1'\n"


@pytest.mark.parametrize(("raw", "form"), [(ODD_JSON, "json"), (YAML, "yaml")])
def test_it_gives_back_the_bytes_that_came_case_18(
    client: Client, raw: bytes, form: str
) -> None:
    api = make_api(raw)

    response = client.get(f"/v1/apis/{api.pk}/versions/1/openapi.{form}")

    assert response.content == raw
    assert response["Content-Type"] == f"application/{form}"


@pytest.mark.parametrize(("raw", "form"), [(ODD_JSON, "yaml"), (YAML, "json")])
def test_it_converts_without_changing_the_meaning_case_18(
    client: Client, raw: bytes, form: str
) -> None:
    api = make_api(raw)
    path = f"/v1/apis/{api.pk}/versions/1/openapi.{form}"

    first, second = client.get(path), client.get(path)

    assert read_value(first.content)[0] == read_value(raw)[0]
    assert first.content == second.content
    assert (yaml.safe_load if form == "yaml" else json.loads)(first.content)


def test_it_writes_a_long_document_as_json_which_is_yaml(client: Client) -> None:
    raw = json.dumps(openapi("Long", **{"x-long": "é" * 600_000})).encode()
    api = make_api(raw)

    written = client.get(f"/v1/apis/{api.pk}/versions/1/openapi.yaml")

    assert written.content.startswith(b"{\n")
    assert yaml.load(written.content, yaml.CSafeLoader) == json.loads(raw)


def test_it_answers_whatever_the_client_accepts(client: Client) -> None:
    api = make_api()
    path = f"/v1/apis/{api.pk}/versions/1/openapi.yaml"

    for accept in ("application/json", "text/html", "*/*", "odd"):
        assert client.get(path, headers={"Accept": accept}).status_code == 200


def test_it_knows_what_the_client_has_case_18(client: Client) -> None:
    api = make_api()
    path = f"/v1/apis/{api.pk}/versions/1/openapi.json"
    etag = client.get(path)["ETag"]

    response = client.get(path, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert client.get(path.replace("json", "yaml"))["ETag"] != etag


def test_it_keeps_every_version(client: Client) -> None:
    api = make_api(openapi("One"))
    make_api(openapi("Two"), document_url=api.document_url)

    first = client.get(f"/v1/apis/{api.pk}/versions/1/openapi.json")
    second = client.get(f"/v1/apis/{api.pk}/versions/2/openapi.json")

    assert first.json()["info"]["title"] == "One"
    assert "Link" not in first
    assert second["Link"].endswith(
        '/versions/1/openapi.json>; rel="predecessor-version"'
    )


def test_it_answers_head(client: Client) -> None:
    api = make_api()

    response = client.head(f"/v1/apis/{api.pk}/versions/1/openapi.json")

    assert (response.status_code, response.content) == (200, b"")


def test_it_knows_no_other_version_or_parameter(client: Client) -> None:
    api = make_api()

    assert_problem(client.get(f"/v1/apis/{api.pk}/versions/2/openapi.json"), 404)
    response = client.get(f"/v1/apis/{api.pk}/versions/1/openapi.json?a=1")
    assert_problem(response, 400, name="a")


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_it_describes_itself_case_1(client: Client, form: str) -> None:
    response = client.get(f"/v1/openapi.{form}")

    content, _ = read_value(response.content)
    assert content["openapi"].startswith("3.")
    assert content["servers"][0]["url"].endswith("/v1")
    assert "/apis/{id}" in content["paths"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["API-Version"] == content["info"]["version"]


def test_it_describes_itself_once(client: Client) -> None:
    response = client.get("/v1/openapi.json")

    headers = {"If-None-Match": response["ETag"]}
    assert client.get("/v1/openapi.json", headers=headers).status_code == 304


def test_it_generates_its_description_once(client: Client) -> None:
    first = client.get("/v1/openapi.json").content

    with patch.object(SchemaGenerator, "get_schema", side_effect=AssertionError):
        assert client.get("/v1/openapi.json").content == first
        assert client.get("/v1/openapi.yaml").status_code == 200


def test_both_descriptions_say_the_same(client: Client) -> None:
    as_json, as_yaml = (
        read_value(client.get(f"/v1/openapi.{form}").content)[0]
        for form in ("json", "yaml")
    )

    assert as_json == as_yaml


def test_every_operation_is_described_whole(client: Client) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]

    for item in paths.values():
        for operation in item.values():
            assert operation["operationId"]
            assert operation["summary"]
            for response in operation["responses"].values():
                assert "API-Version" in response["headers"]


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/yaml", "application/yaml"),
        (BROWSER, "text/html; charset=utf-8"),
    ],
)
def test_its_root_is_for_machines_and_people(
    client: Client, accept: str | None, media_type: str
) -> None:
    response = client.get("/v1", headers={"Accept": accept} if accept else {})

    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert "Accept" in response["Vary"]


def test_its_root_offers_nothing_else(client: Client) -> None:
    response = client.get("/v1", headers={"Accept": "image/png"})

    assert_problem(response, 406, in_detail="application/json")


def test_it_describes_its_feeds_and_links(client: Client) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]

    for path in ("/feed.atom", "/apis/{id}/feed.atom"):
        content = paths[path]["get"]["responses"]["200"]["content"]
        assert list(content) == ["application/atom+xml"]
    for path in ("/linkset", "/apis/{id}/linkset"):
        content = paths[path]["get"]["responses"]["200"]["content"]
        assert list(content) == ["application/linkset+json"]
