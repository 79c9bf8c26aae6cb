"""Gunicorn's configuration: `gunicorn -c python:shared.serving <service>.wsgi`.

Threads, not an event loop: a request is one wait for PostgreSQL, and ASGI servers
cost three times as much here.
"""

from __future__ import annotations

import os
import sys

from shared.environment import Environment

env = Environment(os.environ)

bind = env.text("WEB_BIND", default="0.0.0.0:8000")
workers = env.integer("WEB_WORKERS", default=2, minimum=1, maximum=64)
threads = env.integer("WEB_THREADS", default=4, minimum=1, maximum=64)
worker_class = "gthread"
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" else None  # noqa: S108
timeout = 60
keepalive = 30
graceful_timeout = 30
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 16380
accesslog = None
errorlog = "-"
capture_output = False

env.check()
