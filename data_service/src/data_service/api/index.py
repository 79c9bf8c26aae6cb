"""What datasets there are: the index of /v1 and of the prefixes below it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from data_service.querying.parameters import refuse_parameters
from data_service.querying.snapshots import Served, served_everywhere
from shared.conditional import etag_of
from shared.links import public_url
from shared.linksets import OPENAPI_JSON, Context, Link, linkset_response
from shared.problems import NotFoundError

from .exchange import answer_without_view, choose_type, tagged, unchanged

_JSON, _HTML = "application/json", "text/html"


def show_index(request: HttpRequest, prefix: str = "") -> HttpResponseBase:
    """Answer with the datasets, or those below a prefix; a browser gets the pages.

    Raises NotFoundError for a prefix of nothing.
    """
    refuse_parameters(request.META.get("QUERY_STRING", ""))
    served = tuple(s for s in served_everywhere() if s.path.startswith(prefix))
    if prefix and not served:
        raise NotFoundError("There is no dataset at this address.")
    version = settings.API_VERSION
    if choose_type(request, (_JSON, _HTML)) == _HTML:
        return HttpResponseRedirect(public_url("/"), headers={"Vary": "Accept"})
    etag = etag_of(version, settings.PUBLIC_URL, prefix, [s.identity for s in served])
    answer = unchanged(request, etag)
    if answer is None:
        text = json.dumps(_index(served), ensure_ascii=False, separators=(",", ":"))
        answer = HttpResponse(text, content_type=_JSON)
    return tagged(request, answer, etag, version)


def index(request: HttpRequest) -> HttpResponseBase:
    """Answer at /v1."""
    return answer_without_view(request) or show_index(request)


def api_catalog(request: HttpRequest) -> HttpResponseBase:
    """Answer with every API of this service (RFC 9727)."""
    answer = answer_without_view(request)
    if answer is not None:
        return answer
    refuse_parameters(request.META.get("QUERY_STRING", ""))
    return linkset_response(request, [*map(_context, served_everywhere()), _control()])


def base_url(served: Served) -> str:
    """Give the URL of a version: the default one is served without its name."""
    name = "" if served.is_default else f"/{served.version}"
    return public_url(f"/v1/{quote(served.path)}{name}")


def _index(served: Iterable[Served]) -> dict[str, Any]:
    groups = groupby(served, key=lambda s: s.path)
    entries = [_entry(tuple(versions)) for _, versions in groups]
    return {"datasets": {entry["id"]: entry for entry in entries}}


def _entry(versions: Sequence[Served]) -> dict[str, Any]:
    dataset = versions[0].dataset
    return {
        "id": dataset.id,
        "short_name": dataset.title or dataset.id,
        "service_name": dataset.title or dataset.id,
        "description": dataset.description,
        "tags": list(dataset.keywords),
        "terms_of_use": {
            "government_only": False,
            "pay_per_use": False,
            "license": dataset.license,
        },
        "versions": [
            {
                "header": served.version,
                "status": "stabiel",
                "api_url": base_url(served),
                "doc_url": _page_url(served),
            }
            for served in versions
        ],
        "api_authentication": "OPENBAAR",
        "api_type": "rest_json",
        "organization_name": settings.ORGANISATION_NAME,
        "contact": {
            "name": settings.CONTACT_NAME,
            "email": settings.CONTACT_EMAIL,
            "url": settings.CONTACT_URL,
        },
    }


def _context(served: Served) -> Context:
    dataset, url = served.dataset, base_url(served)
    title = dataset.title or dataset.id
    about = public_url(f"/control/v1/datasets/{dataset.id}")
    return Context(
        url,
        {
            "service-desc": [Link(f"{url}/openapi.json", OPENAPI_JSON, title)],
            "service-doc": [Link(url, _HTML, title), Link(_page_url(served), _HTML)],
            "service-meta": [Link(about, _JSON)],
            "status": [Link(public_url("/status/data"), _JSON)],
        },
    )


def _control() -> Context:
    url = public_url("/control/v1")
    title = "Kade data service: control"
    return Context(
        url,
        {
            "service-desc": [Link(f"{url}/openapi.json", OPENAPI_JSON, title)],
            "service-doc": [Link(url, _HTML, title)],
            "status": [Link(public_url("/status/health"), _JSON)],
        },
    )


def _page_url(served: Served) -> str:
    return public_url(f"/datasets/{served.dataset.id}")
