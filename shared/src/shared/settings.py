"""Settings that no environment changes; a service's flat settings.py imports them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

STREAMS = 8  # the default of WEB_STREAMS
DEVELOPMENT_SECRET = "for development only, refused when DEBUG is off"  # noqa: S105

INSTALLED_APPS_SHARED = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "procrastinate.contrib.django",
    "rest_framework",
    "shared.limits",
    "shared.pages",
    "shared.tokens",
    "shared.workers",
]

MIDDLEWARE_SHARED = [
    "shared.middleware.request_ids.RequestIdMiddleware",
    "shared.middleware.observing.ObservingMiddleware",
    "shared.middleware.response_headers.SecurityHeadersMiddleware",
    "shared.middleware.response_headers.ApiVersionMiddleware",
    "shared.middleware.response_headers.CorsMiddleware",
    "shared.middleware.problems.ProblemMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shared.middleware.sessions.AdminSessionMiddleware",
    "shared.middleware.sessions.AdminCsrfMiddleware",
    "shared.middleware.sessions.AdminAuthenticationMiddleware",
    "shared.middleware.sessions.AdminMessageMiddleware",
]
SESSION_PATHS = ["/admin/"]
METRICS_COLLECTORS: list[str] = []
CSRF_FAILURE_VIEW = "shared.problems.handlers.csrf_failure"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "shared.rest.authentication.TokenAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["shared.rest.permissions.ReadOnly"],
    "DEFAULT_THROTTLE_CLASSES": ["shared.rest.throttling.WriteThrottle"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "shared.rest.negotiation.AcceptNegotiation",
    "DEFAULT_PAGINATION_CLASS": "shared.rest.pagination.Pagination",
    "DEFAULT_PARSER_CLASSES": ["shared.rest.parsing.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "shared.rest.exceptions.problem_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # the Accept header alone decides
}


def heartbeat_file(service: str) -> str:
    """Return where the worker of `service` shows that it lives, if nothing is set."""
    return str(Path(tempfile.gettempdir()) / f"kade-{service}-worker")


def allowed_hosts(public_url: str, names: tuple[str, ...]) -> list[str]:
    """Return the hosts to answer to: `names`, or the one of `public_url` and our own.

    Health checks ask for localhost, whatever the public name is.
    """
    own = ("localhost", "127.0.0.1", "[::1]")
    host = urlsplit(public_url).hostname or ""
    return list(dict.fromkeys((*(names or (host,)), *own)))


def spectacular_settings(  # noqa: PLR0913  (all by keyword)
    *,
    title: str,
    description: str,
    version: str,
    public_url: str,
    prefix: str = "",
    contact: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Return SPECTACULAR_SETTINGS of the REST API under `public_url` + `prefix`.

    With a prefix such as /v1 the paths of the document begin after it.
    """
    return {
        "TITLE": title,
        "DESCRIPTION": description,
        "VERSION": version,
        "CONTACT": contact or {},
        "SERVERS": [{"url": public_url + prefix}],
        "SCHEMA_PATH_PREFIX": prefix or None,
        "SCHEMA_PATH_PREFIX_TRIM": bool(prefix),
        "SERVE_INCLUDE_SCHEMA": False,
        "COMPONENT_SPLIT_REQUEST": True,
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "shared.rest.documents.add_problems",
        ],
        "SWAGGER_UI_DIST": "SIDECAR",
        "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    }
