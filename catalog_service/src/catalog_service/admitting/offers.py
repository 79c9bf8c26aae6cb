"""A document on its way into the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from catalog_service import examining
from catalog_service.examining import Outcome
from catalog_service.judging.reports import lint
from catalog_service.models import Source


@dataclass(frozen=True)
class Provenance:
    """Where a document came from: when, from which URL, with which tag, by whom.

    A document that somebody brought has no URL.
    """

    url: str
    etag: str
    fetched_at: datetime
    by: str


@dataclass(frozen=True)
class Offer:
    """A document with all that is known of it; `key` is what its API is known by."""

    raw: bytes
    outcome: Outcome
    key: str
    provenance: Provenance
    documentation_url: str = ""
    source: Source | None = None
    owner: str = ""
    registered_by: str = ""


def look_at(raw: bytes, *, base_url: str) -> Outcome:
    """Have a document examined and linted; raises DocumentError when it is refused."""
    outcome = examining.examine(raw, base_url=base_url)
    return replace(outcome, report=lint(raw))
