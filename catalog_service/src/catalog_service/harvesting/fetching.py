"""Fetch for a harvest: with the trusted origins, and the limits of documents."""

from __future__ import annotations

from django.conf import settings

from catalog_service.documents.limits import MAX_JSON_BYTES
from shared.fetching import Fetched, Limits, check_url, fetch

LIMITS = Limits(max_bytes=MAX_JSON_BYTES, seconds=10, redirects=3)


def fetch_document(url: str, *, etag: str = "", accept: str = "*/*") -> Fetched:
    """Fetch a URL; raises FetchError. With `etag` the answer may be: unchanged."""
    return fetch(
        url,
        limits=LIMITS,
        etag=etag,
        trusted=settings.TRUSTED_ORIGINS,
        accept=accept,
    )


def is_trusted(url: str) -> bool:
    """Tell whether a URL is of one's own house (TRUSTED_ORIGINS)."""
    return check_url(url, trusted=settings.TRUSTED_ORIGINS).trusted
