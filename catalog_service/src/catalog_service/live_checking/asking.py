"""Ask the server that a document names: two small requests, to nowhere else.

The fetcher is that of harvests: addresses are checked, and of one's own house a server
is asked only when the document was read beside it. No redirect is followed: it would
lead to where the document did not say.
"""

from __future__ import annotations

from dataclasses import replace

from catalog_service import examining
from catalog_service.documents import DocumentError
from catalog_service.documents.limits import MAX_JSON_BYTES
from catalog_service.harvesting.fetching import may_list, trusted_for
from catalog_service.models import Version
from shared.fetching import (
    AddressRefusedError,
    Fetched,
    FetchError,
    Limits,
    StatusError,
    UrlRefusedError,
    check_url,
    fetch,
)

from .checks import Answers

_LIMITS = Limits(max_bytes=MAX_JSON_BYTES, seconds=10, redirects=0)


def server_of(version: Version) -> str:
    """Return the first server of a document that can be asked, or nothing."""
    for server in version.facts.get("servers", ()):
        try:
            return check_url(str(server["url"])).url.rstrip("/")
        except UrlRefusedError:
            continue
    return ""


def ask(version: Version) -> Answers:
    """Return what the server of a version answers; raises FetchError."""
    server = server_of(version)
    if not may_list(version.url, server):
        raise AddressRefusedError
    try:
        fetched = _fetch(f"{server}/openapi.json", version)
    except StatusError as error:
        url = f"{server}/openapi.json"
        return Answers(url, error.headers, fault=str(error), version=version.label)
    return _read(fetched, version)


def _fetch(url: str, version: Version) -> Fetched:
    return fetch(url, limits=_LIMITS, trusted=trusted_for(version.url))


def _read(fetched: Fetched, version: Version) -> Answers:
    answers = Answers(fetched.url, fetched.headers, version=version.label)
    try:
        outcome = examining.examine(fetched.body, base_url=fetched.url)
    except DocumentError as error:
        return replace(answers, fault=str(error))
    return replace(
        answers,
        version=outcome.label,
        json_hash=outcome.content_hash,
        yaml_hash=_hash_of_yaml(fetched.url.removesuffix("json") + "yaml", version),
    )


def _hash_of_yaml(url: str, version: Version) -> str:
    """Return what stands for the YAML; nothing when there is none to be compared."""
    try:
        fetched = _fetch(url, version)
        return examining.examine(fetched.body, base_url=url).content_hash
    except (FetchError, DocumentError):
        return ""
