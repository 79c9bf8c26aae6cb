"""Read the catalogue of APIs that somebody else publishes (RFC 9727, RFC 9264).

A linkset is anybody's JSON: whatever does not have the form is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin

MAX_NESTED = 10
MEDIA_TYPES = "application/linkset+json, application/json;q=0.9, */*;q=0.8"


@dataclass(frozen=True)
class Entry:
    """An API that a linkset lists: where its document is, and its documentation."""

    document_url: str
    documentation_url: str = ""


@dataclass(frozen=True)
class Linkset:
    """What a linkset lists: APIs, and further catalogues."""

    entries: tuple[Entry, ...]
    nested: tuple[str, ...]


def is_linkset(value: Any) -> bool:
    """Tell whether a JSON value is a linkset (RFC 9264 §4.2.1)."""
    return isinstance(value, dict) and isinstance(value.get("linkset"), list)


def read_linkset(value: dict[str, Any], base_url: str) -> Linkset:
    """Read the entries and nested catalogues, each URL once and made absolute."""
    contexts = [item for item in value["linkset"] if isinstance(item, dict)]
    entries = {entry.document_url: entry for entry in _entries(contexts, base_url)}
    nested = dict.fromkeys(
        url
        for context in contexts
        for url, _ in _links(context, "api-catalog", base_url)
    )
    nested.pop(base_url, None)
    return Linkset(
        entries=tuple(entries.values()),
        nested=tuple(islice(nested, MAX_NESTED)),
    )


def _entries(contexts: list[dict[str, Any]], base_url: str) -> Iterator[Entry]:
    for context in contexts:
        described = list(_links(context, "service-desc", base_url))
        if described:
            document_url = min(described, key=_preference)[0]
            yield Entry(document_url, _documentation(context, base_url))


def _preference(link: tuple[str, str]) -> int:
    """Prefer JSON among the forms in which one document is offered."""
    url, media_type = link
    return 0 if "json" in media_type or url.endswith(".json") else 1


def _documentation(context: dict[str, Any], base_url: str) -> str:
    for url, _ in _links(context, "service-doc", base_url):
        if url.startswith(("http://", "https://")):
            return url
    return ""


def _links(
    context: dict[str, Any], relation: str, base_url: str
) -> Iterator[tuple[str, str]]:
    """Yield URL and media type of each target; a bare string counts as a target."""
    targets = context.get(relation)
    for target in targets if isinstance(targets, list) else [targets]:
        href = target.get("href") if isinstance(target, dict) else target
        if isinstance(href, str) and href:
            media_type = target.get("type") if isinstance(target, dict) else ""
            yield from _joined(base_url, href, str(media_type or ""))


def _joined(base_url: str, href: str, media_type: str) -> Iterator[tuple[str, str]]:
    try:
        yield urljoin(base_url, href).partition("#")[0], media_type
    except ValueError:
        return
