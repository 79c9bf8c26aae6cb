"""Parts of a file: one range of bytes (RFC 9110 §14)."""

from __future__ import annotations

import re

from django.http import HttpRequest

from shared.problems import ProblemError

_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*\Z", re.ASCII | re.I)


class RangeNotSatisfiableError(ProblemError):
    """The file ends before the range begins."""

    status = 416
    title = "Range not satisfiable."
    type = "urn:apiexception:range_not_satisfiable"

    def __init__(self, size: int) -> None:
        super().__init__(headers={"Content-Range": f"bytes */{size}"})


def wanted_range(request: HttpRequest, size: int, etag: str) -> range | None:
    """Give the bytes that the client wants; None for the whole file.

    What is no single range of bytes is ignored, as is one of another version of the
    file (If-Range). Raises RangeNotSatisfiableError.
    """
    match = _RANGE.match(request.META.get("HTTP_RANGE", ""))
    is_current = request.META.get("HTTP_IF_RANGE", etag) == etag
    if match is None or not is_current or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), size)
    stop = min(int(last), size - 1) + 1 if last else size
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise RangeNotSatisfiableError(size)
    return range(int(first), stop)


def _suffix(length: int, size: int) -> range:
    if not length or not size:
        raise RangeNotSatisfiableError(size)
    return range(max(0, size - length), size)
