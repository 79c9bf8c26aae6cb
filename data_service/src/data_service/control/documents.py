"""The OpenAPI document of the control API, as JSON, as YAML and as a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from data_service.querying.parameters import refuse_parameters
from shared.conditional import etag_of, not_modified
from shared.links import public_url
from shared.linksets import OPENAPI_JSON
from shared.negotiation import preferred
from shared.pages.swagger import swagger_page
from shared.problems import NotAcceptableError
from shared.rest import written_document

_YAML = "application/yaml"
_HTML = "text/html"


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Answer with the document as JSON."""
    return _answer(request, _choose(request, OPENAPI_JSON, "application/json"))


@require_safe
def openapi_yaml(request: HttpRequest) -> HttpResponse:
    """Answer with the same content as YAML."""
    return _answer(request, _choose(request, _YAML))


@require_safe
def root(request: HttpRequest) -> HttpResponseBase:
    """Answer with the document, or with Swagger UI for a browser."""
    media_type = _choose(request, OPENAPI_JSON, "application/json", _YAML, _HTML)
    if media_type != _HTML:
        return _answer(request, media_type)
    url = public_url("/control/v1")
    title = "Kade data service: control"
    page = swagger_page(
        request, title=title, spec_url=f"{url}/openapi.json", servers=[url]
    )
    page.headers["Vary"] = "Accept"
    return page


def _choose(request: HttpRequest, *offered: str) -> str:
    media_type = preferred(request.META.get("HTTP_ACCEPT", ""), offered)
    if media_type is None:
        raise NotAcceptableError(f"This address offers {', '.join(offered)}.")
    return media_type


def _answer(request: HttpRequest, media_type: str) -> HttpResponse:
    refuse_parameters(request.META.get("QUERY_STRING", ""))
    as_json, as_yaml = written_document()
    body = as_yaml if media_type == _YAML else as_json
    etag = etag_of(body, media_type)
    headers = {"ETag": etag, "Cache-Control": "public, no-cache", "Vary": "Accept"}
    if not_modified(request, etag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type=media_type, headers=headers)
