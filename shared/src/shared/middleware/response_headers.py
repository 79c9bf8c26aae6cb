"""Headers that every response carries: security, API version, CORS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from shared.middleware import GetResponse

CONTENT_SECURITY_POLICY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}
_DANGEROUS = frozenset(";, \t\r\n\f\v\"'\0")
_TWO_YEARS = "max-age=63072000"

_EXPOSED = (
    "API-Version, Accept-Ranges, Content-Crs, Content-Disposition, Content-Range, "
    "Deprecation, ETag, Link, Location, Retry-After, Sunset, WWW-Authenticate, "
    "X-Estimated-Count, X-Pagination-Count, X-Pagination-Limit, X-Pagination-Page, "
    "X-Request-ID, X-Total-Count"
)
# All but the one that has to be named (Fetch, "CORS non-wildcard request-header
# name"): filters in headers are called after the fields of a table.
_ASKED = "*, Authorization"
_PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": _ASKED,
    "Access-Control-Max-Age": "86400",
}


class SecurityHeadersMiddleware:
    """Send the security headers (NL API Design Rules, transport/security-headers).

    A view may extend the policy for its page: `response.csp = {"connect-src": [...]}`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        self._policy = policy()
        self._headers = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "strict-origin-when-cross-origin",
        }
        if settings.PUBLIC_URL.startswith("https://"):
            self._headers["Strict-Transport-Security"] = _TWO_YEARS

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        extended = getattr(response, "csp", None)
        headers = response.headers
        headers["Content-Security-Policy"] = (
            policy(extended) if extended else self._policy
        )
        for name, value in self._headers.items():
            headers[name] = value
        return response


def policy(extended: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the policy with the sources of `extended` added.

    Raises ValueError for a source that could end its directive.
    """
    extra = {name: tuple(sources) for name, sources in (extended or {}).items()}
    for name, sources in extra.items():
        for source in (name, *sources):
            if not source.isascii() or not _DANGEROUS.isdisjoint(source):
                raise ValueError(f"not a source for a policy: {source[:80]!r}")
    names = dict.fromkeys((*CONTENT_SECURITY_POLICY, *extra))
    return "; ".join(
        f"{name} {' '.join((*_own_sources(name), *extra.get(name, ())))}"
        for name in names
    )


def _own_sources(name: str) -> tuple[str, ...]:
    # A directive that is named no longer falls back to default-src.
    return CONTENT_SECURITY_POLICY.get(name, CONTENT_SECURITY_POLICY["default-src"])


class ApiVersionMiddleware:
    """State the version of the API (NL API Design Rules, version-header)."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        self._version: str = settings.API_VERSION

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if "API-Version" not in response.headers:
            response.headers["API-Version"] = self._version
        return response


class CorsMiddleware:
    """Let pages of any origin read; nothing is sent with credentials."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS" and _is_preflight(request):
            return HttpResponse(status=204, headers=_PREFLIGHT)
        response = self._get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        return response


def _is_preflight(request: HttpRequest) -> bool:
    return "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
