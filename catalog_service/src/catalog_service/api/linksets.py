"""Links of the APIs for machines (RFC 9264): documents, pages, sunset, deprecation.

The well-known place holds what this service offers itself; this is what it knows of
others, so that harvesting a catalogue does not take the APIs away from their sources.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from catalog_service.models import Api, listed_apis
from shared.links import public_url
from shared.linksets import Context, Link, linkset_response
from shared.parameters import check_parameters

from .documents import IF_NONE_MATCH
from .lookup import find_api
from .negotiation import BytesRenderer, OnlyNegotiation

_MOST = 5_000


class LinksetRenderer(BytesRenderer):
    """Links (RFC 9264)."""

    media_type = "application/linkset+json"
    format = "linkset"


_RESPONSES = {
    (200, LinksetRenderer.media_type): OpenApiTypes.OBJECT,
    304: OpenApiResponse(description="What the client has is still true."),
}


class AllLinks(APIView):
    """The links of all APIs."""

    renderer_classes = [LinksetRenderer]
    content_negotiation_class = OnlyNegotiation

    @extend_schema(
        operation_id="getLinks",
        summary="Get the links of all APIs",
        auth=[],
        parameters=[IF_NONE_MATCH],
        responses=_RESPONSES,
    )
    def get(self, request: Request) -> HttpResponse:
        """Return documents, pages, versions and ends of life as links."""
        check_parameters(request.query_params, ())
        apis = listed_apis().select_related("current").order_by("id")
        shown = apis.only(
            "slug", "title", "deprecated_date", "sunset_date", "current__number"
        )
        contexts = [_context(api) for api in shown[:_MOST]]
        return linkset_response(request._request, contexts)


class ApiLinks(APIView):
    """The links of one API."""

    renderer_classes = [LinksetRenderer]
    content_negotiation_class = OnlyNegotiation

    @extend_schema(
        operation_id="getLinksOfApi",
        summary="Get the links of an API",
        auth=[],
        parameters=[IF_NONE_MATCH],
        responses=_RESPONSES,
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Return the links of one API."""
        check_parameters(request.query_params, ())
        apis = Api.objects.select_related("current").defer("current__raw")
        return linkset_response(request._request, [_context(find_api(apis, pk))])


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
