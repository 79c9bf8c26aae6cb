"""Fetch for a harvest: with the trusted origins, and the limits of documents."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from catalog_service.documents.limits import MAX_JSON_BYTES
from shared.fetching import (
    Fetched,
    Limits,
    UrlRefusedError,
    check_url,
    fetch,
    origin_of,
)

LIMITS = Limits(max_bytes=MAX_JSON_BYTES, seconds=10, redirects=3)


def fetch_document(
    url: str, *, named_by: str, etag: str = "", accept: str = "*/*"
) -> Fetched:
    """Fetch a URL; raises FetchError. With `etag` the answer may be: unchanged.

    `named_by` is the source that names the URL. Only what one's own house names is
    reached where others may not go.
    """
    return fetch(
        url,
        limits=LIMITS,
        etag=etag,
        trusted=trusted_for(named_by),
        accept=accept,
    )


def trusted_for(named_by: str) -> Mapping[str, str]:
    """Return the origins that are trusted in what a source names."""
    return settings.TRUSTED_ORIGINS if is_trusted(named_by) else {}


def may_list(source_url: str, document_url: str) -> bool:
    """Tell whether a source may list a document: of our own, only what is beside it."""
    if not is_trusted(document_url):
        return True
    return is_trusted(source_url) and origin_of(source_url) == origin_of(document_url)


def is_trusted(url: str) -> bool:
    """Tell whether a URL is of one's own house (TRUSTED_ORIGINS); no bad URL is."""
    try:
        return check_url(url, trusted=settings.TRUSTED_ORIGINS).trusted
    except UrlRefusedError:
        return False
