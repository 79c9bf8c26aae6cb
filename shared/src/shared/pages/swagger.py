"""The page with Swagger UI, the same for every document of every service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .origins import origins


def swagger_page(
    request: HttpRequest,
    *,
    title: str,
    spec_url: str,
    servers: Iterable[str] = (),
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Render Swagger UI of the document at `spec_url`, with Try it out.

    Only the server says which document: a `?url=` of the visitor changes nothing.
    `servers` are the absolute URLs of the document's servers; requests from the page
    may go to their origins and its own, nowhere else.
    """
    values = {"title": title, "spec_url": spec_url, "try_it_out": True}
    response = render(request, "shared/swagger.html", {**values, **(context or {})})
    return allow_swagger(response, (spec_url, *servers))


def allow_swagger(response: HttpResponse, servers: Iterable[str]) -> HttpResponse:
    """Extend the policy of a page that holds Swagger UI, and give the page back."""
    # The icons in its style sheet need `img-src data:`, which every page has.
    response.csp = {"connect-src": list(origins(servers))}  # type: ignore[attr-defined]
    return response
