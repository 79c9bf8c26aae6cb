"""Which origins are trusted, and in whose name."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.harvesting.fetching import may_list, trusted_for

OWN = "https://own.example"
HOUSE = "https://house.example"
OTHER = "https://other.example"


@pytest.fixture(autouse=True)
def origins(settings: Any) -> None:
    """Two origins of our own."""
    settings.TRUSTED_ORIGINS = {OWN: OWN, HOUSE: HOUSE}


@pytest.mark.parametrize(("named_by", "count"), [(f"{OWN}/x", 2), (f"{OTHER}/x", 0)])
def test_it_trusts_what_our_own_sources_name(named_by: str, count: int) -> None:
    assert len(trusted_for(named_by)) == count


@pytest.mark.parametrize(
    ("source", "document", "is_allowed"),
    [
        (OWN, OWN, True),
        (OWN, OTHER, True),
        (OTHER, OTHER, True),
        (OTHER, OWN, False),
        (HOUSE, OWN, False),
        ("https://name:word@own.example", OWN, False),
    ],
)
def test_it_lets_sources_list(source: str, document: str, is_allowed: bool) -> None:
    assert may_list(f"{source}/x", f"{document}/a.json") is is_allowed
