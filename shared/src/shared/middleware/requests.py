"""What no view should see: bytes that are no text, bodies without end, false hosts."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest

from shared.problems import (
    BadRequestError,
    Fault,
    LengthRequiredError,
    ProblemError,
    TooLargeError,
    UnsupportedMediaTypeError,
)

_BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})
_MAX_HOSTS = 100


class RequestCheck:
    """A callable that says what is wrong with a request before any view sees it.

    A Host that Django accepted once is not taken apart again.
    """

    def __init__(self) -> None:
        self._hosts: set[str] = set()
        self._max_body: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        streamed: dict[str, int] = getattr(settings, "STREAMED_BODIES", {})
        self._streamed = [(re.compile(path), most) for path, most in streamed.items()]

    def __call__(self, request: HttpRequest) -> ProblemError | None:
        environ = request.META
        if environ.get("HTTP_HOST") not in self._hosts:
            self._accept_host(request)
        faults = _text_faults(request, environ.get("QUERY_STRING", ""))
        if faults:
            return BadRequestError(faults=faults)
        if "charset" in environ.get("CONTENT_TYPE", "") and not _is_unicode(request):
            return UnsupportedMediaTypeError("Send text as UTF-8.")
        if request.method not in _BODILESS:
            return self._check_body(request)
        return None

    def _accept_host(self, request: HttpRequest) -> None:
        request.get_host()  # raises DisallowedHost, which becomes a problem
        host = request.META.get("HTTP_HOST")
        if host and len(self._hosts) < _MAX_HOSTS:
            self._hosts.add(host)

    def _check_body(self, request: HttpRequest) -> ProblemError | None:
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length and "HTTP_TRANSFER_ENCODING" in request.META:
            return LengthRequiredError()
        most = self._most_bytes(request)
        if length.isdigit() and int(length[:18]) > most:
            return TooLargeError(f"A body may have {most} bytes.")
        return None

    def _most_bytes(self, request: HttpRequest) -> int:
        if request.method != "PUT":
            return self._max_body
        found = (m for path, m in self._streamed if path.fullmatch(request.path_info))
        return next(found, self._max_body)


def _is_unicode(request: HttpRequest) -> bool:
    """Return whether the charset is one that text may come in.

    Python knows codecs, such as hex, that make no text and would end as a 500.
    """
    charset = (request.content_params or {}).get("charset", "utf-8")
    return charset.lower() in {"utf-8", "utf8", "us-ascii"}


def _text_faults(request: HttpRequest, query: str) -> list[Fault]:
    """Return what in the path or query (as WSGI gives it) is not UTF-8 text."""
    faults = []
    if "\0" in request.path_info or not getattr(request, "has_text_path", True):
        faults.append(_fault("path", "path"))
    if "%" in query or "\0" in query or not query.isascii():
        raw = unquote_to_bytes(query.encode("latin-1"))
        if b"\0" in raw or not is_utf8(raw):
            faults.append(_fault("query", "query"))
    return faults


def is_utf8(raw: bytes) -> bool:
    """Return whether `raw` is UTF-8 text."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _fault(name: str, location: str) -> Fault:
    reason = "holds bytes that are not text"
    return Fault(name, reason, location, accepted="UTF-8 without NUL, percent-encoded")
