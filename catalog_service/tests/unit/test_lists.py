"""Lists of APIs in the forms of others."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.harvesting.lists import read_list

BASE = "https://list.example/v1"
GURU = {
    "a.example": {
        "preferred": "2",
        "versions": {
            "1": {"swaggerUrl": "https://a.example/1.json"},
            "2": {
                "swaggerUrl": "https://a.example/2.json",
                "externalDocs": {"url": "https://a.example/doc"},
            },
        },
    },
    "b.example": {"versions": {"1": {"swaggerYamlUrl": "b.yaml"}}},
}
DSO = {
    "datasets": {
        "trees": {
            "versions": [
                {"api_url": "https://d.example/v1/trees/", "doc_url": "/docs/trees"}
            ]
        },
        "old": {
            "environments": [{"specification_url": "https://d.example/v1/old?x=1"}]
        },
        "none": {"versions": [{}]},
    }
}
UK = {
    "api-version": "api.gov.uk/v1alpha",
    "apis": [
        {"data": {"url": "https://u.example/a", "documentation-url": "javascript:1"}},
        {"data": {"url": "ftp://u.example/b"}},
        {"data": {"url": "http://[bad"}},
        5,
    ],
}


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        (
            GURU,
            [
                ("https://a.example/2.json", "https://a.example/doc"),
                ("https://list.example/b.yaml", ""),
            ],
        ),
        (
            DSO,
            [
                (
                    "https://d.example/v1/trees/openapi.json",
                    "https://list.example/docs/trees",
                ),
                ("https://d.example/v1/old/openapi.json", ""),
            ],
        ),
        (UK, [("https://u.example/a", "")]),
    ],
)
def test_it_reads_lists(value: Any, entries: list[tuple[str, str]]) -> None:
    found = read_list(value, BASE)

    assert found is not None
    assert [(e.document_url, e.documentation_url) for e in found] == entries


@pytest.mark.parametrize("value", [None, [], {}, {"openapi": "3.0.0"}, {"apis": []}])
def test_it_knows_what_is_no_list(value: Any) -> None:
    assert read_list(value, BASE) is None
