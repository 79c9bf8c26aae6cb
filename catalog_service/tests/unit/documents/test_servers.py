"""Where an API answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from catalog_service.documents import read_document, with_absolute_servers
from catalog_service.documents.servers import servers_of

BASE = "https://source.example/docs/openapi.json"
TEMPLATED = {
    "url": "https://{host}.example/{path}",
    "variables": {"host": {"default": "api"}, "path": {"default": 1}, "odd": None},
}


@pytest.mark.parametrize(
    ("servers", "urls"),
    [
        (None, ["https://source.example/"]),
        ([], ["https://source.example/"]),
        ([{"url": "/v1"}], ["https://source.example/v1"]),
        ([{"url": "../v1"}], ["https://source.example/v1"]),
        ([{"url": "//other.example/v1"}], ["https://other.example/v1"]),
        ([{"url": "http://a.example:8001"}], ["http://a.example:8001"]),
        ([TEMPLATED], ["https://api.example/1"]),
        ([{"url": "ftp://a.example"}, {"url": "javascript:alert(1)"}], []),
        ([{"url": "https://[::1"}], []),
        ([{"url": "https://a.example/" + "x" * 2000}], []),
        ([{"url": "{a}{a}", "variables": {"a": {"default": "x" * 2001}}}], []),
    ],
)
def test_it_resolves_servers(servers: Any, urls: list[str]) -> None:
    found = servers_of(_document({"openapi": "3.0.0", "servers": servers}), BASE)

    assert [server.url for server in found] == urls


def test_it_lists_each_once_and_not_too_many() -> None:
    many = [{"url": f"https://h{i // 2}.example"} for i in range(100)]

    found = servers_of(_document({"openapi": "3.0.0", "servers": many}), BASE)

    assert len(found) == 20
    assert found[1].url == "https://h1.example"


def test_it_finds_the_servers_of_paths_and_operations() -> None:
    operation = {"servers": [{"url": "https://c.example", "description": "C"}]}
    item = {"servers": [{"url": "https://b.example"}], "get": operation, "x": 1}
    document = _document(
        {
            "openapi": "3.0.0",
            "servers": [{"url": "https://a.example"}],
            "paths": {"/": item, "/odd": 5},
        }
    )

    found = servers_of(document, BASE)

    assert [server.url[8] for server in found] == ["a", "b", "c"]
    assert found[2].description == "C"


@pytest.mark.parametrize(
    ("stated", "urls"),
    [
        ({}, ["https://source.example/"]),
        ({"host": "api.example", "basePath": "/v1"}, ["https://api.example/v1"]),
        (
            {"schemes": ["http", "https", "ws"], "host": "a.example"},
            ["http://a.example/", "https://a.example/"],
        ),
    ],
)
def test_it_puts_the_servers_of_swagger_together(
    stated: dict[str, Any], urls: list[str]
) -> None:
    found = servers_of(_document({"swagger": "2.0", **stated}), BASE)

    assert [server.url for server in found] == urls


@pytest.mark.parametrize(
    ("servers", "url"),
    [
        (None, "https://source.example/"),
        ([{"url": "/v1"}], "https://source.example/v1"),
        ([{"url": "v1"}], "https://source.example/docs/v1"),
        ([{"url": "/{stage}/v1"}], "https://source.example/{stage}/v1"),
        ([{"url": "https://a.example/{x}"}], "https://a.example/{x}"),
    ],
)
def test_it_makes_servers_absolute(servers: Any, url: str) -> None:
    document = _document({"openapi": "3.0.0", "servers": servers})

    assert with_absolute_servers(document, BASE)["servers"][0]["url"] == url


def test_it_makes_servers_of_paths_and_operations_absolute() -> None:
    operation = {"servers": [{"url": "/files"}], "summary": "Get"}
    item = {"servers": [{"url": "v2"}], "get": operation, "parameters": [], "x": 1}
    document = _document({"openapi": "3.0.0", "paths": {"/": item, "/odd": 5}})

    paths = with_absolute_servers(document, BASE)["paths"]

    assert paths["/"]["servers"] == [{"url": "https://source.example/docs/v2"}]
    served = [{"url": "https://source.example/files"}]
    assert paths["/"]["get"] == {"servers": served, "summary": "Get"}
    assert (paths["/"]["x"], paths["/odd"]) == (1, 5)


def test_it_adds_no_servers_to_paths() -> None:
    paths = {"/": {"get": {"summary": "Get", "servers": "odd"}}}
    document = _document({"openapi": "3.0.0", "paths": paths})

    assert with_absolute_servers(document, BASE)["paths"] == paths


def test_it_leaves_alone_what_it_does_not_understand() -> None:
    templated = {"url": "{scheme}", "variables": {"scheme": {"default": "http://a"}}}
    document = _document({"openapi": "3.0.0", "servers": [5, {}, templated]})
    odd = _document({"openapi": "3.0.0", "servers": "odd"})

    assert with_absolute_servers(document, BASE)["servers"] == [5, {}, templated]
    assert with_absolute_servers(odd, BASE)["servers"] == "odd"


def test_it_gives_swagger_a_host() -> None:
    bare = with_absolute_servers(_document({"swagger": "2.0"}), BASE)
    hosted = _document({"swagger": "2.0", "host": "a.example"})

    assert (bare["host"], bare["schemes"]) == ("source.example", ["https"])
    assert with_absolute_servers(hosted, BASE)["host"] == "a.example"


def _document(content: dict[str, Any]) -> Any:
    return read_document(json.dumps(content).encode())
