"""Entity tags: a client that has the current answer gets no second copy of it."""

from __future__ import annotations

from hashlib import blake2b

from django.http import HttpRequest

_SEPARATOR = "\x1f"


def etag_of(*parts: object) -> str:
    """Return a strong entity tag of `parts`, quoted (RFC 9110, section 8.8.3)."""
    text = _SEPARATOR.join(map(str, parts)).encode("utf-8", "surrogatepass")
    return f'"{blake2b(text, digest_size=16).hexdigest()}"'


def not_modified(request: HttpRequest, etag: str) -> bool:
    """Return whether If-None-Match holds `etag` (compared weakly) or is `*`.

    A header that is not a list of entity tags matches nothing.
    """
    header = request.META.get("HTTP_IF_NONE_MATCH")
    if not header:
        return False
    if header.strip() == "*":
        return True
    wanted = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") == wanted for tag in header.split(","))
