"""Settings of the small project that the tests of `shared` run in."""

from shared.logs import logging_settings
from shared.service_settings import *

API_VERSION = "1.2.3"
DEBUG = False
PUBLIC_URL = "https://kade.example"
ALLOWED_HOSTS = allowed_hosts(PUBLIC_URL, ())
TRUSTED_ORIGINS = {}
CONTACT = {"name": "The team", "email": "team@example.org", "url": PUBLIC_URL}

INSTALLED_APPS = INSTALLED_APPS_SHARED
ROOT_URLCONF = "project.urls"
STATUS_DATA_CHECK = "project.views.has_something"
METRICS_COLLECTORS = []
TOKEN_SCOPES = {"data:write": "Write things", "data:other": "Do something else"}
WRITES_PER_MINUTE = 3
SEARCHES_PER_MINUTE = 2
TRUSTED_PROXIES = 0
WORKER_CONCURRENCY = 1
WORKER_HEARTBEAT_FILE = heartbeat_file("tests")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

LOGGING = logging_settings(LOG_LEVEL, LOG_FORMAT, service="tests")
SPECTACULAR_SETTINGS = spectacular_settings(
    title="Things",
    description="Things of the tests.",
    version=API_VERSION,
    public_url=PUBLIC_URL,
    prefix="/rest",
    contact=CONTACT,
)

env.check()
