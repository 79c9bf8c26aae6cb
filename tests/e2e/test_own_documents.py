"""What the services serve passes the catalogue's own lint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from catalog_service.documents import read_document
from catalog_service.linting import Severity, explanations_in, lint

from .stack import Houses

DOCUMENTS = (
    ("catalog", "/v1/openapi.json"),
    ("data", "/control/v1/openapi.json"),
    ("data", "/v1/quayTrees/openapi.json"),
    ("data", "/v1/quayTrees/openapi.yaml"),
)
# The houses of the tests have no certificate.
NOT_HERE = "nlgov:servers-use-https"
DEVIATION = "nlgov:query-keys-camel-case"


@pytest.mark.parametrize(("house", "path"), DOCUMENTS)
def test_it_passes_its_own_lint(houses: Houses, house: str, path: str) -> None:
    answer = httpx.get(f"{getattr(houses, house)}{path}", timeout=30)

    content = read_document(answer.raise_for_status().content).content
    explained = explanations_in(content)
    report = lint(content)

    found = [f for f in report.findings if not any(e.covers(f) for e in explained)]
    assert [f for f in found if f.rule != NOT_HERE] == []
    assert report.is_valid


def test_its_deviations_are_shown_as_explained(
    houses: Houses, open_page: Callable[..., Any], screenshot: Callable[..., Any]
) -> None:
    apis = httpx.get(f"{houses.catalog}/v1/apis?q=quayTrees", timeout=30).json()
    (api,) = apis["items"]
    place = f"{houses.catalog}/v1/apis/{api['id']}/lint?rule={DEVIATION}"

    told = httpx.get(place, timeout=30).json()
    page = open_page(f"{houses.catalog}/apis/{api['slug']}/lint?severity=explained")

    assert told["total"] > 0
    assert told["counts"][Severity.ERROR] == 0
    assert all(item["explanation"]["statedIn"] == "document" for item in told["items"])
    assert told["score"] > told["bareScore"]
    assert "Explained in the document:" in page.content()
    screenshot(page, "catalog-lint")
