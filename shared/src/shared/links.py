"""Links to this service as the outside sees it: always built on PUBLIC_URL."""

from __future__ import annotations

from django.conf import settings


def public_url(path: str = "/") -> str:
    """Return the address of `path` of this service for use outside of it."""
    return f"{settings.PUBLIC_URL}{path}"
