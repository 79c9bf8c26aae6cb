"""The catalogue describes itself, and names the catalogues that it reads (RFC 9727)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from catalog_service.models import Source
from shared.links import public_url
from shared.linksets import WELL_KNOWN, Context, Link, linkset_response, rest_api


@require_safe
def api_catalog(request: HttpRequest) -> HttpResponse:
    """Answer with this service's own API, and the catalogues nested in this one."""
    return linkset_response(request, [rest_api(), _nested()])


def _nested() -> Context:
    """List the linksets that are harvested, this one left out."""
    own = public_url(WELL_KNOWN)
    linksets = Source.objects.filter(kind=Source.Kind.LINKSET).exclude(url=own)
    urls = linksets.order_by("id").values_list("url", flat=True)
    return Context(anchor=own, relations={"api-catalog": [Link(url) for url in urls]})


urlpatterns = [path("api-catalog", api_catalog)]
