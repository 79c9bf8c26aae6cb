"""Addresses under /v1 that lead to nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shared.problems import NotFoundError


def nothing_here(_request: HttpRequest, *_args: object) -> HttpResponse:
    """Raise NotFoundError: a problem, also where Django would show its own page."""
    raise NotFoundError
