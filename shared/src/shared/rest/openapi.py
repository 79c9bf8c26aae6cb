"""The OpenAPI document of the REST API, as JSON and as YAML (API Design Rules)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shared.conditional import etag_of, not_modified
from shared.rest.generating import written_document

_CACHED = {"Cache-Control": "public, max-age=60"}


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Answer with the document as JSON."""
    as_json, _ = written_document()
    return _answer(request, as_json, "application/json")


@require_safe
def openapi_yaml(request: HttpRequest) -> HttpResponse:
    """Answer with the document as YAML: the same content."""
    _, as_yaml = written_document()
    return _answer(request, as_yaml, "application/yaml")


def _answer(request: HttpRequest, body: bytes, media_type: str) -> HttpResponse:
    etag = etag_of(body)
    headers = {"ETag": etag, **_CACHED}
    if not_modified(request, etag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type=media_type, headers=headers)
