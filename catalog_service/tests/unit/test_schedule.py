"""When a source is read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog_service.harvesting.schedule import next_harvest
from catalog_service.models import Source
from shared.fetching import StatusError, UnreachableError, UrlRefusedError

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OWN = "https://own.example/x"
OTHER = "https://other.example/x"
REFUSED = "https://name:word@own.example/x"


@pytest.mark.parametrize(
    ("url", "failures", "error", "wait"),
    [
        (OWN, 0, None, timedelta(seconds=20)),
        (OTHER, 0, None, timedelta(minutes=15)),
        (OWN, 1, UnreachableError(), timedelta(seconds=20)),
        (REFUSED, 1, UrlRefusedError("user", "none"), timedelta(minutes=15)),
        (OWN, 9, UnreachableError(), timedelta(minutes=1)),
        (OTHER, 3, UnreachableError(), timedelta(hours=1)),
        (OTHER, 5000, UnreachableError(), timedelta(hours=6)),
        (OWN, 1, StatusError(429, 90), timedelta(seconds=90)),
        (OWN, 1, StatusError(429, None), timedelta(seconds=20)),
        (OWN, 1, StatusError(503, 10**8), timedelta(days=1)),
    ],
)
def test_it_waits(
    settings: Any, url: str, failures: int, error: Exception | None, wait: timedelta
) -> None:
    settings.TRUSTED_ORIGINS = {"https://own.example": "https://own.example"}

    assert next_harvest(Source(url=url, failures=failures), NOW, error) - NOW == wait
