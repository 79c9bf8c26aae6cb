"""Settings of the catalogue: everything that differs comes from the environment."""

import os

from django.utils.translation import gettext_lazy as _

from shared.databases import SCHEMES, database
from shared.environment import Environment
from shared.logs import ACCESS_LOGS, FORMATS, LEVELS, logging_settings
from shared.settings import (  # noqa: F401  (Django reads them here)
    AUTH_PASSWORD_VALIDATORS,
    CSRF_FAILURE_VIEW,
    DEVELOPMENT_SECRET,
    INSTALLED_APPS_SHARED,
    MIDDLEWARE_SHARED,
    REST_FRAMEWORK,
    SESSION_PATHS,
    TEMPLATES,
    allowed_hosts,
    heartbeat_file,
    spectacular_settings,
)

env = Environment(os.environ)

API_VERSION = "0.1.0"
DEBUG = env.boolean("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", development=DEVELOPMENT_SECRET)
PUBLIC_URL = env.url("PUBLIC_URL", default="http://localhost:8000")
ALLOWED_HOSTS = allowed_hosts(PUBLIC_URL, env.names("ALLOWED_HOSTS"))
TRUSTED_ORIGINS = env.reached_origins("TRUSTED_ORIGINS")
SOURCES = env.names("SOURCES")

ORGANISATION_NAME = env.text("ORGANISATION_NAME", default="Kade")
CONTACT_NAME = env.text("CONTACT_NAME", default=ORGANISATION_NAME)
CONTACT_EMAIL = env.text("CONTACT_EMAIL", default="api@example.org")
CONTACT_URL = env.url("CONTACT_URL", default=PUBLIC_URL)

DATABASE_URL = env.url(
    "DATABASE_URL",
    schemes=SCHEMES,
    cure="set it to postgresql://user:password@host:port/name",
)
DATABASES = {
    "default": database(
        DATABASE_URL, test_suffix=env.text("KADE_TEST_DB_SUFFIX", default="")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = ["catalog_service.apps.CatalogServiceConfig", *INSTALLED_APPS_SHARED]
MIDDLEWARE = MIDDLEWARE_SHARED
ROOT_URLCONF = "catalog_service.urls"
WSGI_APPLICATION = "catalog_service.wsgi.application"
APPEND_SLASH = False
STATUS_DATA_CHECK = "catalog_service.searching.apis.has_apis"

TOKEN_SCOPES = {
    "catalog:write": "Register sources and push documents",
    "catalog:check": "Hold documents against those in production",
    "catalog:admin": "Change also the APIs that others pushed",
}
WRITES_PER_MINUTE = env.integer("WRITES_PER_MINUTE", default=60)
SEARCHES_PER_MINUTE = env.integer("SEARCHES_PER_MINUTE", default=120)
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0, maximum=10)

WORKER_CONCURRENCY = env.integer("WORKER_CONCURRENCY", default=2, minimum=1, maximum=32)
WORKER_HEARTBEAT_FILE = env.text(
    "WORKER_HEARTBEAT_FILE", default=heartbeat_file("catalog_service")
)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = env.integer("MAX_BODY_BYTES", default=10 * 1024 * 1024)

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", default="") or None
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_ROOT is None

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

SERVICE_NAME = "Kade catalogue"
NAVIGATION = [
    (_("APIs"), "/"),
    (_("Operations"), "/operations"),
    (_("Sources"), "/sources"),
    (_("REST API"), "/v1"),
]

SPECTACULAR_SETTINGS = spectacular_settings(
    title=SERVICE_NAME,
    description="The APIs of an organisation, their documents and their versions.",
    version=API_VERSION,
    public_url=PUBLIC_URL,
    prefix="/v1",
    contact={"name": CONTACT_NAME, "email": CONTACT_EMAIL, "url": CONTACT_URL},
) | {
    "ENUM_NAME_OVERRIDES": {
        "ApiState": "catalog_service.models.Api.State",
        "SourceState": "catalog_service.models.Source.State",
        "SourceKind": "catalog_service.models.Source.Kind",
        "ChangeKind": "catalog_service.models.Change.Kind",
    }
}

ACCESS_LOG = env.choice("ACCESS_LOG", ACCESS_LOGS, default="faults")
LOGGING = logging_settings(
    env.choice("LOG_LEVEL", LEVELS, default="info"),
    env.choice("LOG_FORMAT", FORMATS, default="json"),
    service="catalog_service",
)

env.check()
