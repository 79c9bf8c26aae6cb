"""The pages: each view reads the address, asks once, renders."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog_service.admitting.lifecycle import stage_of
from catalog_service.admitting.lifecycle_headers import lifecycle_headers
from catalog_service.documents import JSON
from catalog_service.documents.texts import turned_back
from catalog_service.models import Api, Source
from catalog_service.models.writing import with_servers
from shared.conditional import etag_of, not_modified
from shared.limits.limiting import limit_searches
from shared.linksets import WELL_KNOWN
from shared.pages.swagger import swagger_page
from shared.problems import GoneError, NotFoundError

from .cards import count_sources, list_apis
from .comparisons import compare_on_page
from .details import details_of
from .judgements import judge_on_page, summarise
from .operation_rows import list_operations
from .rule_rows import list_rules
from .texts import safe_link

_DISCOVERY = f'<{WELL_KNOWN}>; rel="api-catalog"'  # RFC 9727 §4.1


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """List the APIs, with a search."""
    query = _query(request)
    context = {
        "listing": list_apis(request.GET),
        "sources": count_sources(),
        "query": query,
    }
    return _page(request, "catalog/front.html", context)


@require_safe
def operation_page(request: HttpRequest) -> HttpResponse:
    """List operations of all APIs, with a search."""
    query = _query(request)
    context = {
        "listing": list_operations(request.GET),
        "query": query,
        "trail": [(_("APIs"), "/"), (_("Operations"), "")],
    }
    return _page(request, "catalog/operations.html", context)


@require_safe
def api_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an API: its facts, operations and versions."""
    api = _find(slug)
    details = details_of(api, request.GET)
    context = {
        "api": api,
        "stage": stage_of(api),
        "details": details,
        "judgement": summarise(api),
        "contact_url": safe_link(details.facts["contact"]["url"]) if details else "",
        "licence_url": safe_link(details.facts["licence"]["url"]) if details else "",
        "trail": [(_("APIs"), "/"), (api.title, "")],
    }
    return _page(request, "catalog/api.html", context, lifecycle_headers(api))


@require_safe
def api_comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed between two versions of an API, with both sides."""
    api = _find(slug)
    context = {
        "api": api,
        "page": compare_on_page(api, request),
        "trail": [(_("APIs"), "/"), (api.title, f"/apis/{slug}"), (_("Changes"), "")],
    }
    return _page(request, "catalog/comparison.html", context, lifecycle_headers(api))


@require_safe
def api_lint(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where an API breaks the design rules, its scores and its badge."""
    api = _find(slug)
    context = {
        "api": api,
        "page": judge_on_page(api, request.GET),
        "trail": [(_("APIs"), "/"), (api.title, f"/apis/{slug}"), (_("Rules"), "")],
    }
    return _page(request, "catalog/lint.html", context, lifecycle_headers(api))


@require_safe
def api_swagger(request: HttpRequest, slug: str) -> HttpResponse:
    """Show Swagger UI of an API's current version; Try it out goes to its servers."""
    api = _find(slug)
    if api.current is None:
        raise NotFoundError(f"No document of {api.title} was ever read.")
    trail = [(_("APIs"), "/"), (api.title, f"/apis/{slug}"), ("Swagger UI", "")]
    return swagger_page(
        request,
        title=api.title,
        spec_url=f"/apis/{slug}/openapi.json",
        servers=[server["url"] for server in api.current.facts["servers"]],
        context={"trail": trail, "links": [(_("Facts"), f"/apis/{slug}")]},
    )


@require_safe
def api_document(request: HttpRequest, slug: str) -> HttpResponse:
    """Give Swagger UI the current document, its servers made absolute.

    For everybody else the documents are under /v1, byte for byte.
    """
    api = _find(slug, with_document=True)
    if api.current is None:
        raise NotFoundError(f"No document of {api.title} was ever read.")
    headers = {"ETag": etag_of(api.current.pk, "servers"), "Cache-Control": "no-cache"}
    if not_modified(request, headers["ETag"]):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(with_servers(api.current), content_type=JSON, headers=headers)


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """List what documents are held against."""
    context = {"rules": list_rules(), "trail": [(_("APIs"), "/"), (_("Rules"), "")]}
    return _page(request, "catalog/rules.html", context)


@require_safe
def source_page(request: HttpRequest) -> HttpResponse:
    """Show the sources, and how their last harvests went."""
    sources = Source.objects.annotate(api_count=Count("apis")).order_by("id")
    context = {"sources": sources, "trail": [(_("APIs"), "/"), (_("Sources"), "")]}
    return _page(request, "catalog/sources.html", context)


def _query(request: HttpRequest) -> str:
    """Return what is looked for, counted against the limit of searches."""
    query = request.GET.get("q", "")
    if query:
        limit_searches(request)
    return query


def _find(slug: str, *, with_document: bool = False) -> Api:
    """Return an API; its document may be megabytes, and comes only when asked for."""
    found = Api.objects.select_related("current", "source")
    found = found if with_document else found.defer("current__raw")
    api = found.filter(slug=slug).first()
    if api is None:
        raise NotFoundError(f"There is no API '{slug}'.")
    if api.removed_at is not None:
        raise GoneError(f"The API '{slug}' was removed.")
    return api


def _page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    response = render(request, template, context)
    # Paths, pointers and excerpts are exact elsewhere; here they must not mislead.
    response.content = turned_back(response.content.decode()).encode()
    told = dict(headers or {})
    links = filter(None, (_DISCOVERY, told.pop("Link", "")))
    response.headers["Link"] = ", ".join(links)
    for name, value in told.items():
        response.headers[name] = value
    return response
