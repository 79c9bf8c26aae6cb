"""Badges over HTTP: the score of an API, or of one version, as a picture."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from catalog_service.judging.badges import FORM, draw
from catalog_service.models import Api, LintReport
from shared.conditional import etag_of, not_modified
from shared.parameters import check_parameters

from .lookup import find_api, find_version
from .negotiation import BytesRenderer, OnlyNegotiation

_SVG = "image/svg+xml"
# A page that shows it may be up to five minutes behind.
_CACHED = "public, max-age=300"
_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="A tag had before."
)
_RESPONSES = {
    (200, _SVG): OpenApiTypes.STR,
    304: OpenApiResponse(description="What the client has is still true."),
}


class _SvgRenderer(BytesRenderer):
    """Bytes that are SVG."""

    media_type = _SVG
    format = "svg"


class ApiBadge(APIView):
    """The badge of an API."""

    content_negotiation_class = OnlyNegotiation
    renderer_classes = [_SvgRenderer]

    @extend_schema(
        operation_id="getBadge",
        summary="Get the badge of an API",
        auth=[],
        parameters=[_IF_NONE_MATCH],
        responses=_RESPONSES,
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Return the score of the current version as a picture."""
        check_parameters(request.query_params, ())
        return _answer(request, find_api(Api.objects.all(), pk).score)


class VersionBadge(APIView):
    """The badge of a version."""

    content_negotiation_class = OnlyNegotiation
    renderer_classes = [_SvgRenderer]

    @extend_schema(
        operation_id="getVersionBadge",
        summary="Get the badge of a version",
        auth=[],
        parameters=[_IF_NONE_MATCH],
        responses=_RESPONSES,
    )
    def get(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Return the score of a version as a picture."""
        check_parameters(request.query_params, ())
        version = find_version(pk, number)
        reports = LintReport.objects.filter(version=version)
        return _answer(request, reports.values_list("score", flat=True).first())


def _answer(request: Request, score: int | None) -> HttpResponse:
    etag = etag_of("badge", score, FORM)
    headers = {"ETag": etag, "Cache-Control": _CACHED}
    if not_modified(request._request, etag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(draw(score), content_type=_SVG, headers=headers)
