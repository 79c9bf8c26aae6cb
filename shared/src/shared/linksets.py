"""Sets of links (RFC 9264), and the catalogue of a service's own APIs (RFC 9727)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from shared.conditional import etag_of, not_modified
from shared.links import public_url

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
MEDIA_TYPE = f'application/linkset+json; profile="{PROFILE}"'
WELL_KNOWN = "/.well-known/api-catalog"

OPENAPI_JSON = "application/vnd.oai.openapi+json;version=3.0"
_CACHED = {"Cache-Control": "public, max-age=60"}
_MAX_HEADER = 4000


@dataclass(frozen=True)
class Link:
    """A target, and what is known about it before it is fetched."""

    href: str
    type: str = ""
    title: str = ""
    hreflang: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What the links of one resource lead to, by relation (such as service-desc)."""

    anchor: str
    relations: Mapping[str, Sequence[Link]] = field(default_factory=dict)


def linkset_document(contexts: Iterable[Context]) -> dict[str, Any]:
    """Return the linkset as JSON (RFC 9264, section 4.2)."""
    return {"linkset": [_context_member(context) for context in contexts]}


def linkset_response(request: HttpRequest, contexts: Sequence[Context]) -> HttpResponse:
    """Answer GET with the linkset and HEAD with the same links as Link headers.

    RFC 9727, section 2: HEAD lists every API as an `item` of the catalogue.
    """
    body = json.dumps(linkset_document(contexts), ensure_ascii=False, indent=2)
    etag = etag_of(body)
    if not_modified(request, etag):
        return HttpResponse(status=304, headers={"ETag": etag, **_CACHED})
    response = HttpResponse(body, content_type=MEDIA_TYPE, headers=_CACHED)
    response.headers["ETag"] = etag
    response.headers["Link"] = _link_header(contexts)
    return response


def rest_api() -> Context:
    """Return the REST API of this service: documents, Swagger UI and health."""
    return Context(
        anchor=public_url("/v1"),
        relations={
            "service-desc": [Link(public_url("/v1/openapi.json"), "application/json")],
            "service-doc": [Link(public_url("/v1"), "text/html")],
            "status": [Link(public_url("/status/health"), "application/json")],
        },
    )


def _context_member(context: Context) -> dict[str, Any]:
    targets = {
        relation: [_target(link) for link in links]
        for relation, links in context.relations.items()
        if links
    }
    return {"anchor": context.anchor, **targets}


def _target(link: Link) -> dict[str, Any]:
    members = {
        "href": link.href,
        "type": link.type,
        "title": link.title,
        "hreflang": list(link.hreflang),
    }
    return {name: value for name, value in members.items() if value}


def _link_header(contexts: Iterable[Context]) -> str:
    """Return one Link header, cut where proxies begin to refuse headers."""
    values = [f'<{WELL_KNOWN}>; rel="api-catalog"']
    length = len(values[0])
    for context in contexts:
        value = f'<{context.anchor}>; rel="item"'
        length += len(value) + 2
        if length > _MAX_HEADER:
            break
        values.append(value)
    return ", ".join(values)
