"""Settings of the data service: everything that differs comes from the environment."""

from django.utils.translation import gettext_lazy as _

from shared.logs import logging_settings
from shared.reporting import report_errors
from shared.service_settings import *  # what every service has, `env` too

API_VERSION = "0.1.0"
SERVICE_NAME = "Kade data service"
NAVIGATION = [(_("Datasets"), "/"), (_("API"), "/v1")]
INSTALLED_APPS = ["data_service", *INSTALLED_APPS_SHARED]
ROOT_URLCONF = "data_service.urls"
WSGI_APPLICATION = "data_service.wsgi.application"
STATUS_DATA_CHECK = "data_service.querying.snapshots.is_anything_served"
METRICS_COLLECTORS = ["data_service.querying.lag.LagCollector"]
TOKEN_SCOPES = {"data:write": "Publish, activate and remove datasets"}

# Where rows are read, when that is elsewhere (replicas); empty is DATABASE_URL.
ROWS_DATABASE_URL = env.text("ROWS_DATABASE_URL", default="")
STATEMENT_TIMEOUT_MS = env.integer("STATEMENT_TIMEOUT_MS", default=5000, minimum=1)
EXPORTS_AT_ONCE = env.integer("EXPORTS_AT_ONCE", default=4, maximum=1000)
MAKE_DOWNLOADS = env.boolean("MAKE_DOWNLOADS", default=True)
WEB_STREAMS = env.integer("WEB_STREAMS", default=STREAMS, minimum=1, maximum=256)
WEB_ANSWERS_MB = env.integer("WEB_ANSWERS_MB", default=4, minimum=0, maximum=4096)
WEB_POINTER_MS = env.integer("WEB_POINTER_MS", default=5, minimum=0, maximum=1000)
SEND_SECONDS = env.integer("SEND_SECONDS", default=60, minimum=1, maximum=3600)
SNAPSHOTS_KEPT = env.integer("SNAPSHOTS_KEPT", default=5, minimum=1, maximum=100)
# Of a file that is fetched, sent or unpacked; a path on disk has no limit.
MAX_FILE_BYTES = env.integer("MAX_FILE_BYTES", default=2 * 1024**3, minimum=1)
# Bodies that are never in memory as a whole: by path, how large they may be.
STREAMED_BODIES = {r"/control/v1/datasets/[^/]+/tables/[^/]+": MAX_FILE_BYTES}

WORKER_HEARTBEAT_FILE = env.text(
    "WORKER_HEARTBEAT_FILE", default=heartbeat_file("data_service")
)
LOGGING = logging_settings(LOG_LEVEL, LOG_FORMAT, service="data_service")
report_errors(SENTRY_DSN, service="data_service")
SPECTACULAR_SETTINGS = spectacular_settings(
    title="Kade data service: control",
    description="What is published, what was, and how it came in.",
    version=API_VERSION,
    public_url=PUBLIC_URL,
    prefix="/control/v1",
    contact=CONTACT,
)

env.check()
