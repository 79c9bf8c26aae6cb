"""Settings of the small project that the tests of `shared` run in."""

import os

from shared.databases import SCHEMES, database
from shared.environment import Environment
from shared.logs import ACCESS_LOGS, FORMATS, LEVELS, logging_settings
from shared.settings import (  # noqa: F401  (Django reads them here)
    AUTH_PASSWORD_VALIDATORS,
    CSRF_FAILURE_VIEW,
    INSTALLED_APPS_SHARED,
    MIDDLEWARE_SHARED,
    REST_FRAMEWORK,
    SESSION_PATHS,
    TEMPLATES,
    allowed_hosts,
    heartbeat_file,
    spectacular_settings,
)

env = Environment(
    {"SECRET_KEY": "a secret of the tests, which is long enough", **os.environ}
)

API_VERSION = "1.2.3"
DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY", development="of development")
PUBLIC_URL = "https://kade.example"
ALLOWED_HOSTS = allowed_hosts(PUBLIC_URL, ())
TRUSTED_ORIGINS = ()
ORGANISATION_NAME = "Kade"
CONTACT_NAME = "The team"
CONTACT_EMAIL = "team@example.org"
CONTACT_URL = PUBLIC_URL

DATABASES = {
    "default": database(
        env.url("DATABASE_URL", schemes=SCHEMES),
        test_suffix=env.text("KADE_TEST_DB_SUFFIX", default=""),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = INSTALLED_APPS_SHARED
MIDDLEWARE = MIDDLEWARE_SHARED
ROOT_URLCONF = "project.urls"
APPEND_SLASH = False
STATUS_DATA_CHECK = "project.views.has_something"
TOKEN_SCOPES = {"data:write": "Write things", "data:other": "Do something else"}
WRITES_PER_MINUTE = 3
SEARCHES_PER_MINUTE = 2
TRUSTED_PROXIES = 0
WORKER_CONCURRENCY = 1
WORKER_HEARTBEAT_FILE = heartbeat_file("tests")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

STATIC_URL = "/static/"
TIME_ZONE = "UTC"
USE_TZ = True

SPECTACULAR_SETTINGS = spectacular_settings(
    title="Things",
    description="Things of the tests.",
    version=API_VERSION,
    public_url=PUBLIC_URL,
    prefix="/rest",
    contact={"name": CONTACT_NAME, "email": CONTACT_EMAIL, "url": CONTACT_URL},
)

ACCESS_LOG = env.choice("ACCESS_LOG", ACCESS_LOGS, default="faults")
LOGGING = logging_settings(
    env.choice("LOG_LEVEL", LEVELS, default="info"),
    env.choice("LOG_FORMAT", FORMATS, default="json"),
    service="tests",
)

env.check()
