"""Settings that every service reads from the environment, under the same names.

A service's flat settings.py takes them over with a star, adds its own, and ends with
`env.check()`, which names every fault at once.
"""

import os

from shared.databases import SCHEMES, database
from shared.environment import Environment
from shared.logs import ACCESS_LOGS, FORMATS, LEVELS
from shared.settings import *

env = Environment(os.environ)

DEBUG = env.boolean("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", development=DEVELOPMENT_SECRET)
PUBLIC_URL = env.url("PUBLIC_URL", default="http://localhost:8000")
ALLOWED_HOSTS = allowed_hosts(PUBLIC_URL, env.names("ALLOWED_HOSTS"))
TRUSTED_ORIGINS = env.reached_origins("TRUSTED_ORIGINS")

ORGANISATION_NAME = env.text("ORGANISATION_NAME", default="Kade")
CONTACT_NAME = env.text("CONTACT_NAME", default=ORGANISATION_NAME)
CONTACT_EMAIL = env.text("CONTACT_EMAIL", default="api@example.org")
CONTACT_URL = env.url("CONTACT_URL", default=PUBLIC_URL)
CONTACT = {"name": CONTACT_NAME, "email": CONTACT_EMAIL, "url": CONTACT_URL}

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

MIDDLEWARE = MIDDLEWARE_SHARED
APPEND_SLASH = False

WRITES_PER_MINUTE = env.integer("WRITES_PER_MINUTE", default=60)
SEARCHES_PER_MINUTE = env.integer("SEARCHES_PER_MINUTE", default=120)
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0, maximum=10)
WORKER_CONCURRENCY = env.integer("WORKER_CONCURRENCY", default=2, minimum=1, maximum=32)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = env.integer("MAX_BODY_BYTES", default=10 * 1024 * 1024)

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", default="") or None
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_ROOT is None

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

ACCESS_LOG = env.choice("ACCESS_LOG", ACCESS_LOGS, default="faults")
LOG_LEVEL = env.choice("LOG_LEVEL", LEVELS, default="info")
LOG_FORMAT = env.choice("LOG_FORMAT", FORMATS, default="json")
SENTRY_DSN = env.text("SENTRY_DSN", default="")
