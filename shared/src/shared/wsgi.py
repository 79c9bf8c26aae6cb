"""The WSGI application of a service: Django's, with two holes of its request closed.

Django decodes the path and takes over the charset before any middleware runs. A path
of broken bytes then looks like a good one, and a charset that makes no text (Python
knows `hex`) or a flood of parameters beside a charset raises where nobody catches it.
"""

from __future__ import annotations

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

from shared.middleware.requests import is_utf8


class Utf8Request(WSGIRequest):
    """A request whose text is UTF-8; `has_text_path` tells whether its path is."""

    def __init__(self, environ: dict[str, Any]) -> None:
        path: str = environ.get("PATH_INFO", "")
        self.has_text_path = path.isascii() or is_utf8(path.encode("latin-1"))
        super().__init__(environ)

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        content_type = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        self.content_type, self.content_params = content_type


class Application(WSGIHandler):
    """Django's handler with our request."""

    request_class = Utf8Request


def get_application(settings: str) -> Application:
    """Set Django up, with all views, and return the application.

    Args:
        settings: the module to take the settings from, unless the environment
            names another.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    django.setup(set_prefix=False)
    application = Application()
    # Django imports the views at the first request, which would wait for all of them.
    _ = get_resolver().url_patterns
    return application
