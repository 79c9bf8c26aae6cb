"""The documents themselves: byte for byte, or in the other form."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from catalog_service.admitting.lifecycle_headers import lifecycle_headers
from catalog_service.documents import JSON, YAML
from catalog_service.models import Api, Version
from catalog_service.models.writing import written_as
from shared.conditional import etag_of, not_modified
from shared.links import public_url
from shared.parameters import check_parameters
from shared.problems import NotFoundError

from .lookup import find_api
from .negotiation import JsonBytesRenderer, OnlyNegotiation, YamlBytesRenderer

# A version never changes; a day keeps clients from asking at every page.
_CACHED = "public, max-age=86400"
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="A tag had before."
)


def _responses(media_type: str) -> dict[tuple[int, str] | int, object]:
    return {
        (200, media_type): OpenApiTypes.OBJECT,
        304: OpenApiResponse(description="What the client has is still true."),
    }


class _DocumentView(APIView):
    """Answer with a version in one media type."""

    content_negotiation_class = OnlyNegotiation
    media_type: str

    def answer(self, request: Request, api_id: int, number: int) -> HttpResponse:
        """Return the document, or 304."""
        check_parameters(request.query_params, ())
        api = find_api(Api.objects.all(), api_id)
        version = _find(api_id, number)
        etag = etag_of(version.content_hash, version.pk, self.media_type)
        stages = lifecycle_headers(api)
        headers = {"ETag": etag, "Cache-Control": _CACHED, **stages}
        if not_modified(request._request, etag):
            return HttpResponse(status=304, headers=headers)
        if number > 1:
            links = (stages.get("Link", ""), _predecessor(version, self.media_type))
            headers["Link"] = ", ".join(filter(None, links))
        body = written_as(version, self.media_type)
        return HttpResponse(body, content_type=self.media_type, headers=headers)


class JsonDocument(_DocumentView):
    """A version as JSON."""

    renderer_classes = [JsonBytesRenderer]
    media_type = JSON

    @extend_schema(
        operation_id="getDocumentAsJson",
        summary="Get a document as JSON",
        auth=[],
        parameters=[IF_NONE_MATCH],
        responses=_responses(JSON),
    )
    def get(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Return a version's document as JSON, byte for byte when it came as JSON."""
        return self.answer(request, pk, number)


class YamlDocument(_DocumentView):
    """A version as YAML."""

    renderer_classes = [YamlBytesRenderer]
    media_type = YAML

    @extend_schema(
        operation_id="getDocumentAsYaml",
        summary="Get a document as YAML",
        auth=[],
        parameters=[IF_NONE_MATCH],
        responses=_responses(YAML),
    )
    def get(self, request: Request, pk: int, number: int) -> HttpResponse:
        """Return a version's document as YAML, byte for byte when it came as YAML."""
        return self.answer(request, pk, number)


def _find(api_id: int, number: int) -> Version:
    found = Version.objects.filter(api_id=api_id, number=number)
    version = found.defer("facts", "findings").first()
    if version is None:
        raise NotFoundError(f"There is no version {number} of API {api_id}.")
    return version


def _predecessor(version: Version, media_type: str) -> str:
    """Link to the version before (RFC 5829 §3.3)."""
    form = "json" if media_type == JSON else "yaml"
    place = f"/v1/apis/{version.api_id}/versions/{version.number - 1}/openapi.{form}"
    return f'<{public_url(place)}>; rel="predecessor-version"'
