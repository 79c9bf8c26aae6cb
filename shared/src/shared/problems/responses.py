"""Writing a problem: JSON for programs, a page for a browser."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

from shared.links import public_url
from shared.negotiation import preferred
from shared.problems.errors import Fault, ProblemError

MEDIA_TYPE = "application/problem+json"
_OFFERED = (MEDIA_TYPE, "application/json", "text/html")
_TEMPLATE = "shared/problem.html"


def problem_response(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """Return the response that tells `error`; a browser gets a page.

    The media type is problem+json whenever the client does not prefer HTML, whatever
    it accepts (RFC 9457, section 3).
    """
    document = problem_document(request, error)
    accept = request.META.get("HTTP_ACCEPT", "")
    page = None
    if "text/html" in accept and preferred(accept, _OFFERED) == "text/html":
        page = _render_page(request, document)
    body = page or json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body, status=error.status)
    response.headers["Content-Type"] = (
        "text/html; charset=utf-8" if page else MEDIA_TYPE
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept"
    for name, value in error.headers.items():
        response.headers[name] = value
    return response


def problem_document(request: HttpRequest, error: ProblemError) -> dict[str, Any]:
    """Return the members of the problem (RFC 9457, section 3.1)."""
    document: dict[str, Any] = {
        "type": error.type,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": public_url(request.get_full_path()),
    }
    if error.faults:
        document["invalid-params"] = [_member(fault) for fault in error.faults]
    return document


def _member(fault: Fault) -> dict[str, str]:
    member = {
        "type": f"urn:apiexception:invalid:{fault.code}",
        "name": fault.name,
        "reason": fault.reason,
        "in": fault.location,
        "accepted": fault.accepted,
    }
    return {name: value for name, value in member.items() if value}


def _render_page(request: HttpRequest, document: dict[str, Any]) -> str | None:
    context = {"problem": document, "faults": document.get("invalid-params", [])}
    try:
        return render_to_string(_TEMPLATE, context, request=request)
    except TemplateDoesNotExist:
        return None
