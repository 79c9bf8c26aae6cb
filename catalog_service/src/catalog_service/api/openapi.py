"""The OpenAPI document of this API, as JSON and as YAML (API Design Rules, core)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from catalog_service.documents import JSON, YAML, to_json, to_yaml
from shared.conditional import etag_of, not_modified


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Answer with the document as JSON."""
    return _answer(request, to_json(_document()), JSON)


@require_safe
def openapi_yaml(request: HttpRequest) -> HttpResponse:
    """Answer with the document as YAML: the same content."""
    return _answer(request, to_yaml(_document()), YAML)


def _document() -> Any:
    schema = SchemaGenerator().get_schema(  # type: ignore[no-untyped-call]
        request=None, public=True
    )
    return json.loads(json.dumps(schema, default=str))


def _answer(request: HttpRequest, body: bytes, media_type: str) -> HttpResponse:
    etag = etag_of(body)
    headers = {"ETag": etag, "Cache-Control": "public, max-age=60"}
    if not_modified(request, etag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type=media_type, headers=headers)
