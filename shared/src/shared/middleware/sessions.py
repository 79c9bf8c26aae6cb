"""Sessions, forms and messages, where there are people: under SESSION_PATHS only.

Rows are read without a session; Django's four layers would cost them as much as all
of ours together. They are subclasses, so that Django's checks still find them.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware


class _OnlyUnderSessionPaths:
    """Step aside for every path that is not under SESSION_PATHS."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)  # type: ignore[call-arg]
        self._next = get_response
        self._paths = tuple(settings.SESSION_PATHS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(self._paths):
            return self._next(request)  # type: ignore[no-any-return]
        return super().__call__(request)  # type: ignore[misc,no-any-return]


class AdminSessionMiddleware(_OnlyUnderSessionPaths, SessionMiddleware):
    """Django's sessions, under SESSION_PATHS."""


class AdminCsrfMiddleware(_OnlyUnderSessionPaths, CsrfViewMiddleware):
    """Django's check of forms, under SESSION_PATHS."""

    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        """Check the form of a view under SESSION_PATHS."""
        if not request.path_info.startswith(self._paths):
            return None
        return super().process_view(request, *args)


class AdminAuthenticationMiddleware(_OnlyUnderSessionPaths, AuthenticationMiddleware):
    """Django's users, under SESSION_PATHS."""


class AdminMessageMiddleware(_OnlyUnderSessionPaths, MessageMiddleware):
    """Django's messages, under SESSION_PATHS."""
