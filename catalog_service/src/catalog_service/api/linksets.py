"""Links of the APIs for machines (RFC 9264): documents, pages, sunset, deprecation.

The well-known place holds what this service offers itself; this is what it knows of
others, so that harvesting a catalogue does not take the APIs away from their sources.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog_service.models import Api, listed_apis
from shared.links import public_url
from shared.linksets import Context, Link, linkset_response
from shared.parameters import check_names

from .lookup import find_api

_MOST = 5_000


@require_safe
def all_links(request: HttpRequest) -> HttpResponse:
    """Answer with the links of all APIs."""
    check_names(request.GET, ())
    apis = listed_apis().select_related("current").order_by("id")
    shown = apis.only(
        "slug", "title", "deprecated_date", "sunset_date", "current__number"
    )
    return linkset_response(request, [_context(api) for api in shown[:_MOST]])


@require_safe
def api_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the links of one API."""
    check_names(request.GET, ())
    apis = Api.objects.select_related("current").defer("current__raw")
    return linkset_response(request, [_context(find_api(apis, pk))])


def _context(api: Api) -> Context:
    place = f"/v1/apis/{api.pk}"
    page = Link(public_url(f"/apis/{api.slug}"), type="text/html", title=api.title)
    history = Link(public_url(f"{place}/versions"), type="application/json")
    relations: dict[str, Sequence[Link]] = {
        "service-desc": _documents(api),
        "service-doc": [page],
        "service-meta": [Link(public_url(place), type="application/json")],
        "version-history": [history],
        "deprecation": [page] if api.deprecated_date else [],
        "sunset": [page] if api.sunset_date else [],
    }
    return Context(anchor=public_url(place), relations=relations)


def _documents(api: Api) -> list[Link]:
    if api.current is None:
        return []
    place = f"/v1/apis/{api.pk}/versions/{api.current.number}/openapi"
    return [
        Link(public_url(f"{place}.json"), type="application/json"),
        Link(public_url(f"{place}.yaml"), type="application/yaml"),
    ]
