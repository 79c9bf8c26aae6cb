"""One id per request, in the answer and in every log line about it."""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shared.logs import request_id
from shared.middleware import GetResponse

_MAX_LENGTH = 64
_BODILESS = frozenset({204, 304})


class RequestIdMiddleware:
    """Take over the caller's X-Request-ID, or make one; answer with it.

    The outermost layer: it also states the length of a finished body, without which
    the server would have to chunk it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        current = _accept(request.META.get("HTTP_X_REQUEST_ID", ""))
        request_id.set(current)
        response = self._get_response(request)
        response.headers["X-Request-ID"] = current
        if _needs_length(response):
            length = str(len(response.content))  # type: ignore[attr-defined]
            response.headers["Content-Length"] = length
        if request.method == "HEAD":
            # The server would drop the body, and complain of each.
            _empty(response)
        return response


def _empty(response: HttpResponseBase) -> None:
    if response.streaming:
        response.streaming_content = ()  # type: ignore[attr-defined]
    else:
        response.content = b""  # type: ignore[attr-defined]


def _needs_length(response: HttpResponseBase) -> bool:
    """Return whether the body is whole and its length unsaid.

    A 304 would state the length of the body that it spares (RFC 9110, section 8.6).
    """
    if response.streaming or response.status_code in _BODILESS:
        return False
    return "Content-Length" not in response.headers


def _accept(given: str) -> str:
    """Return `given` when it is safe in a log, a header and a SQL comment."""
    fits = 0 < len(given) <= _MAX_LENGTH and given.isascii()
    if fits and given.replace("-", "").replace("_", "").isalnum():
        return given
    return os.urandom(16).hex()
