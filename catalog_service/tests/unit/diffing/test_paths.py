"""Paths are matched by what a client sees of them."""

from __future__ import annotations

from typing import Any

import pytest

from .assertions import assert_same, ids
from .factories import NUMBER, document, operation, parameter


def at(path: str, *servers: str, **parts: Any) -> dict[str, Any]:
    urls = [{"url": url} for url in servers]
    return document({path: operation(**parts)}, **({"servers": urls} if urls else {}))


@pytest.mark.parametrize(
    ("old", "new"),
    [("/a/{id}", "/a/{key}"), ("/{a}/{b}", "/{b}/{a}"), ("/a/{b}.json", "/a/{c}.json")],
)
def test_it_ignores_names_of_variables(old: str, new: str) -> None:
    assert_same(at(old), at(new))


def test_it_knows_a_path_parameter_by_its_place() -> None:
    def having(name: str) -> Any:
        one = parameter(NUMBER, name=name, required=True, **{"in": "path"})
        return at(f"/a/{{{name}}}", parameters=[one])

    assert_same(having("id"), having("key"))


def test_it_prefers_the_path_as_it_is_written() -> None:
    old = document({"/a/{b}": operation(), "/a/{c}": operation("post")})
    new = document({"/a/{c}": operation("post"), "/a/{b}": operation()})

    assert_same(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("/v1/a", "https://a.test"), ("/a", "https://a.test/v1")),
        (("/v1/a", "https://a.test/"), ("/a", "https://a.test/v1/")),
        (("/v1/a",), ("/a", "/v1")),
        (("/v1/a", "https://{host}/x"), ("/a", "https://{name}/x/v1")),
    ],
)
def test_it_lets_a_base_path_move(old: Any, new: Any) -> None:
    assert ids(at(*old), at(*new)) == ["base-path-moved"]
    assert ids(at(*new), at(*old)) == ["base-path-moved"]


def test_it_sees_another_base_path_as_another_server() -> None:
    changes = ids(at("/a", "https://a.test/v1"), at("/a", "https://a.test/v2"))

    assert changes == ["server-removed", "server-added"]


def test_it_sees_a_slash_at_the_end() -> None:
    assert ids(at("/a/"), at("/a")) == ["path-removed", "operation-added"]


@pytest.mark.parametrize("url", ["http://[", "//", "{", ""])
def test_it_bears_odd_servers(url: str) -> None:
    assert ids(at("/a", url), at("/b", url)) == ["path-removed", "operation-added"]
