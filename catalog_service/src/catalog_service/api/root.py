"""The root of this API: its OpenAPI document, for people as Swagger UI."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog_service.documents import JSON, YAML
from shared.negotiation import preferred
from shared.pages.swagger import swagger_page
from shared.problems import NotAcceptableError
from shared.rest.openapi import openapi_json, openapi_yaml

_HTML = "text/html"


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Answer with the document, or with Swagger UI for a browser."""
    answers = {JSON: openapi_json, YAML: openapi_yaml, _HTML: _swagger}
    chosen = preferred(request.META.get("HTTP_ACCEPT", ""), tuple(answers))
    if chosen is None:
        raise NotAcceptableError(f"This address offers {', '.join(answers)}.")
    response = answers[chosen](request)
    patch_vary_headers(response, ["Accept"])
    return response


def _swagger(request: HttpRequest) -> HttpResponse:
    return swagger_page(
        request,
        title=_("REST API of the catalogue"),
        spec_url="/v1/openapi.json",
        servers=[settings.PUBLIC_URL],
    )
