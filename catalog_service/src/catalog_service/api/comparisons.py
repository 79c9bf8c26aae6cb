"""What changed between two versions of an API, over HTTP."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog_service.comparing.pairs import find_pair
from catalog_service.comparing.texts import release_note
from catalog_service.comparing.versions import (
    FORM,
    compare_versions,
    is_at_hand,
)
from catalog_service.diffing import Level
from catalog_service.examining import Compared
from catalog_service.models import Api, Version
from shared.conditional import etag_of, not_modified
from shared.limits.limiting import limit_searches
from shared.parameters import check_parameters

from .change_kinds import LEVEL, LEVELS
from .comparison_serializers import ComparisonSerializer
from .documents import IF_NONE_MATCH
from .faults import FAULTS, problem_of
from .languages import ACCEPT_LANGUAGE, language_of, told_in
from .lookup import find_api
from .negotiation import BytesRenderer
from .parameters import check_choice, check_text
from .values import WITHOUT_NUL

# Two versions never change, but which are the newest does.
_CACHED = "no-cache"
_MARKDOWN = "text/markdown; charset=utf-8"
_VERSION = {"type": "string", "maxLength": 200, "pattern": WITHOUT_NUL}
_FROM = OpenApiParameter(
    "from",
    _VERSION,
    description="Number or label of the older one; else the one before the other.",
)
_TO = OpenApiParameter(
    "to", _VERSION, description="Number or label of the newer one; else the newest."
)


class MarkdownRenderer(BytesRenderer):
    """A release note (RFC 7763)."""

    media_type = "text/markdown"
    format = "md"


class ComparisonDetail(APIView):
    """What changed between two versions."""

    renderer_classes = [JSONRenderer, MarkdownRenderer]

    @extend_schema(
        operation_id="compareVersions",
        summary="Compare two versions of an API",
        auth=[],
        parameters=[_FROM, _TO, LEVEL, ACCEPT_LANGUAGE, IF_NONE_MATCH],
        responses={
            (200, "application/json"): ComparisonSerializer,
            (200, "text/markdown"): OpenApiTypes.STR,
            304: OpenApiResponse(description="What the client has is still true."),
            422: OpenApiResponse(description="The two are too much to compare."),
        },
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Tell what changed, the worst first, and whether it breaks a client."""
        parameters = request.query_params
        versions = [partial(check_text, parameters, name) for name in ("from", "to")]
        level_of = partial(check_choice, parameters, "level", LEVELS)
        check_parameters(parameters, {"from", "to", "level"}, *versions, level_of)
        api = find_api(Api.objects.all(), pk)
        wanted, level = [read() for read in versions], level_of()
        language = language_of(request)
        try:
            old, new = find_pair(api, *wanted)
            form = request.accepted_renderer.format
            headers = {
                "ETag": etag_of(old.pk, new.pk, api.title, level, form, language, FORM),
                "Cache-Control": _CACHED,
            }
            if not_modified(request._request, headers["ETag"]):
                return told_in(HttpResponse(status=304, headers=headers), language)
            compared = _compare(request, old, new)
        except FAULTS as error:
            raise problem_of(error) from error
        if form == MarkdownRenderer.format:
            note = release_note(api.title, old, new, compared)
            return HttpResponse(note, content_type=_MARKDOWN, headers=headers)
        told = _told(old, new, compared, level, language=language)
        return told_in(Response(told, headers=headers), language)


def _compare(request: Request, old: Version, new: Version) -> Compared:
    """Compare two versions; work that nobody did yet counts as a search."""
    if not is_at_hand(old, new):
        limit_searches(request._request)
    return compare_versions(old, new)


def _told(
    old: Version, new: Version, compared: Compared, level: str, *, language: str
) -> Any:
    changes = [each for each in compared.changes if level in ("", each["level"])]
    told = {
        "from": old,
        "to": new,
        "breaking": compared.counts[str(Level.BREAKING)] > 0,
        "summary": compared.counts,
        "version": compared.agreement,
        "changes": changes,
    }
    return ComparisonSerializer(told, context={"language": language}).data
