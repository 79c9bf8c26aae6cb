"""Lists of APIs in forms of their own: APIs.guru, dso-api, the UK's v1alpha.

Each form is a row of the table: how it is known, and how its entries are read. A list
is anybody's JSON: whatever does not have the form is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from catalog_service.documents.texts import list_of, object_of, text_of

from .linksets import Entry

_UK = "api.gov.uk/v1alpha"


@dataclass(frozen=True)
class Form:
    """A form of list: how it is known, and what it lists."""

    name: str
    is_this: Callable[[dict[str, Any]], bool]
    read: Callable[[dict[str, Any]], Iterator[tuple[str, str]]]


def read_list(value: Any, base_url: str) -> tuple[Entry, ...] | None:
    """Return the entries of a list, each once; None when it is no list known here."""
    if not isinstance(value, dict):
        return None
    form = next((form for form in FORMS if form.is_this(value)), None)
    if form is None:
        return None
    entries: dict[str, Entry] = {}
    for document_url, documentation_url in form.read(value):
        for url in _absolute(base_url, document_url):
            about = next(_absolute(base_url, documentation_url), "")
            entries.setdefault(url, Entry(url, about))
    return tuple(entries.values())


def _is_guru(value: dict[str, Any]) -> bool:
    """APIs.guru: names of APIs, each with versions, each with where it is described."""
    members = list(islice(value.values(), 20))
    return bool(members) and all(
        isinstance(object_of(member).get("versions"), dict) for member in members
    )


def _read_guru(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for member in value.values():
        versions = object_of(object_of(member).get("versions"))
        preferred = text_of(object_of(member).get("preferred"))
        chosen = versions.get(preferred) or next(reversed(versions.values()), None)
        version = object_of(chosen)
        about = object_of(version.get("externalDocs")).get("url")
        yield (
            text_of(version.get("swaggerUrl") or version.get("swaggerYamlUrl")),
            text_of(about),
        )


def _is_dso(value: dict[str, Any]) -> bool:
    """The index of dso-api: datasets, each with versions or environments."""
    return isinstance(value.get("datasets"), dict)


def _read_dso(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each dataset describes itself beside its tables."""
    for dataset in value["datasets"].values():
        described = object_of(dataset)
        places = list_of(described.get("versions") or described.get("environments"))
        for place in map(object_of, places):
            stated = text_of(place.get("specification_url") or place.get("api_url"))
            about = text_of(place.get("doc_url") or place.get("documentation_url"))
            if stated:
                yield f"{stated.rstrip('/').partition('?')[0]}/openapi.json", about


def _is_uk(value: dict[str, Any]) -> bool:
    """The UK's API catalogue."""
    return value.get("api-version") == _UK and isinstance(value.get("apis"), list)


def _read_uk(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """It names the API; whether a document is there, is found out by reading."""
    for api in map(object_of, value["apis"]):
        told = object_of(api.get("data"))
        yield text_of(told.get("url")), text_of(told.get("documentation-url"))


FORMS = (
    Form("UK v1alpha", _is_uk, _read_uk),
    Form("dso-api", _is_dso, _read_dso),
    Form("APIs.guru", _is_guru, _read_guru),
)


def _absolute(base_url: str, address: str) -> Iterator[str]:
    """Yield the address as an absolute URL, if it is one of the web."""
    if not address:
        return
    try:
        url = urljoin(base_url, address).partition("#")[0]
    except ValueError:
        return
    if url.startswith(("http://", "https://")):
        yield url
