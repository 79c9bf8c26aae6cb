"""What is read in somebody else's linkset."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.harvesting.linksets import (
    Entry,
    is_linkset,
    read_linkset,
)

BASE = "https://host.example/.well-known/api-catalog"


@pytest.mark.parametrize(
    ("context", "entry"),
    [
        ({"service-desc": [{"href": "/a.json"}]}, Entry("https://host.example/a.json")),
        ({"service-desc": "/a.json"}, Entry("https://host.example/a.json")),
        (
            {
                "service-desc": [
                    {"href": "a.yaml"},
                    {"href": "https://b.example/a.json"},
                ]
            },
            Entry("https://b.example/a.json"),
        ),
        (
            {
                "service-desc": [
                    {"href": "/a", "type": "application/yaml"},
                    {"href": "/b", "type": "application/vnd.oai.openapi+json"},
                ]
            },
            Entry("https://host.example/b"),
        ),
        (
            {"service-desc": {"href": "/a#x"}, "service-doc": [{"href": "/doc"}]},
            Entry("https://host.example/a", "https://host.example/doc"),
        ),
        (
            {"service-desc": "/a", "service-doc": [{"href": "javascript:alert(1)"}]},
            Entry("https://host.example/a"),
        ),
    ],
)
def test_it_finds_the_document_of_an_api(context: Any, entry: Entry) -> None:
    assert read_linkset({"linkset": [context]}, BASE).entries == (entry,)


@pytest.mark.parametrize(
    "context",
    [
        None,
        5,
        [],
        {},
        {"anchor": "x"},
        {"item": [{"href": "/a"}]},
        {"service-desc": None},
        {"service-desc": [{"type": "x"}, {"href": 5}, {"href": ""}, None]},
        {"service-desc": [{"href": "https://[::1"}]},
    ],
)
def test_it_passes_over_what_has_no_document(context: Any) -> None:
    linkset = read_linkset({"linkset": [context]}, BASE)

    assert linkset.entries == ()
    assert linkset.nested == ()


def test_it_finds_nested_catalogues_but_not_itself() -> None:
    links = [{"href": "/more"}, {"href": BASE}, {"href": "/more"}]

    linkset = read_linkset({"linkset": [{"api-catalog": links}]}, BASE)

    assert linkset.nested == ("https://host.example/more",)


def test_it_follows_only_so_many() -> None:
    contexts: list[Any] = [{"api-catalog": [{"href": f"/c{n}"} for n in range(99)]}]

    linkset = read_linkset({"linkset": contexts}, BASE)

    assert (linkset.entries, len(linkset.nested)) == ((), 10)


@pytest.mark.parametrize("value", [None, [], {}, {"linkset": {}}, {"openapi": "3"}])
def test_it_knows_what_is_no_linkset(value: Any) -> None:
    assert not is_linkset(value)
