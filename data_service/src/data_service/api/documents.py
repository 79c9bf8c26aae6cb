"""The OpenAPI document of a dataset, for programs and for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from data_service.openapi.documents import json_text, yaml_text
from data_service.querying.parameters import refuse_parameters
from shared.linksets import OPENAPI_JSON
from shared.pages.swagger import swagger_page

from .exchange import choose_type, entity_tag, tagged, unchanged
from .places import Spot

_HTML = "text/html"
_JSON = (OPENAPI_JSON, "application/json")
_YAML = ("application/yaml", "application/vnd.oai.openapi;version=3.0")
DOCUMENTS = {"openapi.json": _JSON, "openapi.yaml": _YAML}


def show_document(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    """Answer with the document whose name ends the address."""
    return _document(request, spot, choose_type(request, DOCUMENTS[spot.place.table]))


def show_dataset(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    """Answer at the root of a dataset: its document, or Swagger UI for a browser."""
    media_type = choose_type(request, (*_JSON, *_YAML, _HTML))
    if media_type != _HTML:
        return _document(request, spot, media_type)
    title = spot.dataset.title or spot.dataset.id
    trail = [
        (_("Datasets"), "/"),
        (title, f"/datasets/{spot.dataset.id}"),
        (_("API"), ""),
    ]
    page = swagger_page(
        request,
        title=title,
        spec_url=f"{spot.base_url}/openapi.json",
        servers=(spot.base_url,),
        context={"trail": trail},
    )
    page.headers["API-Version"] = spot.dataset.release
    page.headers["Vary"] = "Accept"
    page.headers["Cache-Control"] = "no-cache"
    return page


def _document(request: HttpRequest, spot: Spot, media_type: str) -> HttpResponseBase:
    refuse_parameters(request.META.get("QUERY_STRING", ""))
    etag = entity_tag(spot.dataset, spot.served.snapshot_id, spot.place, media_type)
    answer = unchanged(request, etag)
    if answer is None:
        write = yaml_text if media_type in _YAML else json_text
        text = write(spot.served, spot.base_url)
        answer = HttpResponse(text, content_type=media_type)
    return tagged(request, answer, etag, spot.dataset.release)
