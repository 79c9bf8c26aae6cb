"""Limits for DRF (adapters of `shared.limits.limiting`)."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from typing_extensions import override

from shared.limits.limiting import limit_searches, limit_writes
from shared.rest.permissions import is_write


class WriteThrottle(BaseThrottle):
    """Count writes."""

    @override
    def allow_request(self, request: Request, view: Any) -> bool:
        """Raise TooManyRequestsError when the caller wrote too often."""
        if is_write(request, view):
            limit_writes(request._request)
        return True


class SearchThrottle(BaseThrottle):
    """Count requests with a search term (`q`)."""

    @override
    def allow_request(self, request: Request, view: Any) -> bool:
        """Raise TooManyRequestsError when the caller searched too often."""
        if request.query_params.get("q"):
            limit_searches(request._request)
        return True
