"""Feeds over HTTP: of all APIs, and of one."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from catalog_service.auditing.feeds import (
    MEDIA_TYPE,
    comparisons_of,
    latest_changes,
    write_feed,
)
from catalog_service.models import Api, Change
from shared.conditional import etag_of, not_modified
from shared.parameters import check_parameters
from shared.problems import NotFoundError

from .documents import IF_NONE_MATCH
from .negotiation import BytesRenderer, OnlyNegotiation

_CACHED = "public, max-age=60"
# Raise it when a feed of the same changes is written otherwise.
_FORM = 2


class AtomRenderer(BytesRenderer):
    """A feed (RFC 4287)."""

    media_type = "application/atom+xml"
    format = "atom"


_RESPONSES = {
    (200, AtomRenderer.media_type): OpenApiTypes.STR,
    304: OpenApiResponse(description="What the client has is still true."),
}


class AllChanges(APIView):
    """The feed of all APIs."""

    renderer_classes = [AtomRenderer]
    content_negotiation_class = OnlyNegotiation

    @extend_schema(
        operation_id="getFeed",
        summary="Follow the changes of all APIs",
        auth=[],
        parameters=[IF_NONE_MATCH],
        responses=_RESPONSES,
    )
    def get(self, request: Request) -> HttpResponse:
        """Return the latest changes of all APIs, as Atom."""
        title, place = "Changes of all APIs", "/v1/feed.atom"
        return _answer(request, None, title=title, place=place, page="/")


class ApiChanges(APIView):
    """The feed of one API."""

    renderer_classes = [AtomRenderer]
    content_negotiation_class = OnlyNegotiation

    @extend_schema(
        operation_id="getFeedOfApi",
        summary="Follow the changes of an API",
        auth=[],
        parameters=[IF_NONE_MATCH],
        responses=_RESPONSES,
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Return the latest changes of one API, as Atom, also when it was removed."""
        api = Api.objects.filter(pk=pk).first()
        if api is None:
            raise NotFoundError(f"There is no API {pk}; /v1/apis lists them.")
        return _answer(
            request,
            api,
            title=f"Changes of {api.title}",
            place=f"/v1/apis/{pk}/feed.atom",
            page=f"/apis/{api.slug}",
        )


def _answer(
    request: Request, api: Api | None, *, title: str, place: str, page: str
) -> HttpResponse:
    check_parameters(request.query_params, ())
    newest = Change.objects.all() if api is None else api.changes.all()
    last = newest.aggregate(last=Max("id"))["last"]
    compared = comparisons_of(api).aggregate(last=Max("made_at"))["last"]
    etag = etag_of(last, compared, place, title, _FORM)
    headers = {"ETag": etag, "Cache-Control": _CACHED}
    if not_modified(request._request, etag):
        return HttpResponse(status=304, headers=headers)
    body = write_feed(latest_changes(api), title=title, place=place, page=page)
    return HttpResponse(body, content_type=MEDIA_TYPE, headers=headers)
