"""Settings of the catalogue: everything that differs comes from the environment."""

from django.utils.translation import gettext_lazy as _

from shared.logs import logging_settings
from shared.reporting import report_errors
from shared.service_settings import *  # what every service has, `env` too

API_VERSION = "0.1.0"
SERVICE_NAME = "Kade catalogue"
NAVIGATION = [
    (_("APIs"), "/"),
    (_("Operations"), "/operations"),
    (_("Sources"), "/sources"),
    (_("Rules"), "/rules"),
    (_("REST API"), "/v1"),
]
INSTALLED_APPS = ["catalog_service", *INSTALLED_APPS_SHARED]
ROOT_URLCONF = "catalog_service.urls"
WSGI_APPLICATION = "catalog_service.wsgi.application"
STATUS_DATA_CHECK = "catalog_service.searching.apis.has_apis"
TOKEN_SCOPES = {
    "catalog:write": "Register sources and push documents",
    "catalog:check": "Hold documents against those in production",
    "catalog:admin": "Change also the APIs that others pushed",
}

SOURCES = env.names("SOURCES")

WORKER_HEARTBEAT_FILE = env.text(
    "WORKER_HEARTBEAT_FILE", default=heartbeat_file("catalog_service")
)
LOGGING = logging_settings(LOG_LEVEL, LOG_FORMAT, service="catalog_service")
report_errors(SENTRY_DSN, service="catalog_service")
SPECTACULAR_SETTINGS = spectacular_settings(
    title=SERVICE_NAME,
    description="The APIs of an organisation, their documents and their versions.",
    version=API_VERSION,
    public_url=PUBLIC_URL,
    prefix="/v1",
    contact=CONTACT,
) | {
    "EXTENSIONS_ROOT": {
        "x-explained-deviations": [
            {
                "rule": "nlgov:paths-kebab-case",
                "pointer": "/paths/~1feed.atom",
                "reason": "An address of a feed says what it is; readers keep it.",
            }
        ]
    },
    "ENUM_NAME_OVERRIDES": {
        "ApiState": "catalog_service.models.Api.State",
        "SourceState": "catalog_service.models.Source.State",
        "SourceKind": "catalog_service.models.Source.Kind",
        "Bump": "catalog_service.diffing.Bump",
        "LiveCheckState": "catalog_service.models.LiveCheck.State",
        "ChangeKind": "catalog_service.models.Change.Kind",
    },
}

env.check()
