"""Settings of the data service: everything that differs comes from the environment."""

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
    STREAMS,
    TEMPLATES,
    allowed_hosts,
    heartbeat_file,
    spectacular_settings,
)

env = Environment(os.environ)

API_VERSION = "0.1.0"
SERVICE_NAME = "Kade data service"
NAVIGATION = [(_("Datasets"), "/"), (_("API"), "/v1")]
DEBUG = env.boolean("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", development=DEVELOPMENT_SECRET)
PUBLIC_URL = env.url("PUBLIC_URL", default="http://localhost:8001")
ALLOWED_HOSTS = allowed_hosts(PUBLIC_URL, env.names("ALLOWED_HOSTS"))
TRUSTED_ORIGINS = env.origins("TRUSTED_ORIGINS")

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
# Where rows are read, when that is elsewhere (replicas); empty is DATABASE_URL.
ROWS_DATABASE_URL = env.text("ROWS_DATABASE_URL", default="")
STATEMENT_TIMEOUT_MS = env.integer("STATEMENT_TIMEOUT_MS", default=5000, minimum=1)
EXPORTS_AT_ONCE = env.integer("EXPORTS_AT_ONCE", default=4, maximum=1000)
MAKE_DOWNLOADS = env.boolean("MAKE_DOWNLOADS", default=True)
WEB_STREAMS = env.integer("WEB_STREAMS", default=STREAMS, minimum=1, maximum=256)
SEND_SECONDS = env.integer("SEND_SECONDS", default=60, minimum=1, maximum=3600)
SNAPSHOTS_KEPT = env.integer("SNAPSHOTS_KEPT", default=5, minimum=1, maximum=100)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = ["data_service.apps.DataServiceConfig", *INSTALLED_APPS_SHARED]
MIDDLEWARE = MIDDLEWARE_SHARED
ROOT_URLCONF = "data_service.urls"
WSGI_APPLICATION = "data_service.wsgi.application"
APPEND_SLASH = False
STATUS_DATA_CHECK = "data_service.querying.snapshots.is_anything_served"

TOKEN_SCOPES = {"data:write": "Publish, activate and remove datasets"}
WRITES_PER_MINUTE = env.integer("WRITES_PER_MINUTE", default=60)
SEARCHES_PER_MINUTE = env.integer("SEARCHES_PER_MINUTE", default=120)
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0, maximum=10)

WORKER_CONCURRENCY = env.integer("WORKER_CONCURRENCY", default=2, minimum=1, maximum=32)
WORKER_HEARTBEAT_FILE = env.text(
    "WORKER_HEARTBEAT_FILE", default=heartbeat_file("data_service")
)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# Of a file that is fetched, sent or unpacked; a path on disk has no limit.
MAX_FILE_BYTES = env.integer("MAX_FILE_BYTES", default=2 * 1024**3, minimum=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = env.integer("MAX_BODY_BYTES", default=10 * 1024 * 1024)

# Bodies that are never in memory as a whole: by path, how large they may be.
STREAMED_BODIES = {r"/control/v1/datasets/[^/]+/tables/[^/]+": MAX_FILE_BYTES}

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", default="") or None
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_ROOT is None

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

SPECTACULAR_SETTINGS = spectacular_settings(
    title="Kade data service: control",
    description="What is published, what was, and how it came in.",
    version=API_VERSION,
    public_url=PUBLIC_URL,
    prefix="/control/v1",
    contact={"name": CONTACT_NAME, "email": CONTACT_EMAIL, "url": CONTACT_URL},
)

ACCESS_LOG = env.choice("ACCESS_LOG", ACCESS_LOGS, default="faults")
LOGGING = logging_settings(
    env.choice("LOG_LEVEL", LEVELS, default="info"),
    env.choice("LOG_FORMAT", FORMATS, default="json"),
    service="data_service",
)

env.check()
