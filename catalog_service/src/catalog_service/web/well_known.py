"""The catalogue describes itself, and names the catalogues that it reads (RFC 9727).

Whoever would rather read a page gets the list of APIs; nobody is refused.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from catalog_service.models import Source
from shared.links import public_url
from shared.linksets import WELL_KNOWN, Context, Link, linkset_response, rest_api
from shared.negotiation import preferred

from .views import front

_OFFERED = ("application/linkset+json", "text/html")


@require_safe
def api_catalog(request: HttpRequest) -> HttpResponse:
    """Answer with this service's own API, and the catalogues nested in this one."""
    wanted = preferred(request.META.get("HTTP_ACCEPT", ""), _OFFERED)
    if wanted == "text/html":
        response = front(request)
    else:
        response = linkset_response(request, [rest_api(), _nested()])
    patch_vary_headers(response, ["Accept"])
    return response


def _nested() -> Context:
    """List the linksets that are harvested, this one left out."""
    own = public_url(WELL_KNOWN)
    linksets = Source.objects.filter(kind=Source.Kind.LINKSET).exclude(url=own)
    urls = linksets.order_by("id").values_list("url", flat=True)
    return Context(anchor=own, relations={"api-catalog": [Link(url) for url in urls]})


urlpatterns = [path("api-catalog", api_catalog)]
