"""Gunicorn's configuration: `gunicorn -c python:shared.serving <service>.wsgi`.

Threads, not an event loop: a request is one wait for PostgreSQL, and ASGI servers
cost three times as much here.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import sys
import tempfile
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]

from shared.environment import Environment
from shared.logs import LEVELS, more_severe
from shared.processors import PROCESSORS, keep_to
from shared.settings import STREAMS

env = Environment(os.environ)

bind = env.text("WEB_BIND", default="0.0.0.0:8000")
workers = env.integer("WEB_WORKERS", default=2, minimum=1, maximum=64)
# Long answers may take the streams' threads, and never those of the pages.
threads = env.integer("WEB_THREADS", default=4, minimum=1, maximum=64) + env.integer(
    "WEB_STREAMS", default=STREAMS, minimum=1, maximum=256
)
worker_class = "shared.draining.DrainingWorker"
# Read again by the worker itself; here, so that a wrong one stops at boot.
env.integer("WEB_DRAIN_SECONDS", default=0, maximum=20)
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" else None  # noqa: S108
timeout = 60
keepalive = 30
graceful_timeout = 30
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 16380
accesslog = None
errorlog = "-"
# Of the process that starts the others, which reads no settings of Django.
loglevel = more_severe("INFO", env.choice("LOG_LEVEL", LEVELS, default="info")).lower()
control_socket_disable = True

affinity = env.choice("WEB_CPU_AFFINITY", ("auto", "off"), default="auto")

env.check()

# As many as Apache's MaxKeepAliveRequests.
_REQUESTS_EACH = 100

# Threads share what is freed: each would keep some 64 MB of its own (mallopt(3)).
_M_ARENA_MAX, _ARENAS = -8, 2
if hasattr(libc := ctypes.CDLL(None), "mallopt"):  # glibc's alone
    libc.mallopt(_M_ARENA_MAX, _ARENAS)

# prometheus_client looks once, when it is imported; so nothing above may import it.
_metrics = tempfile.mkdtemp(prefix="kade-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _metrics


def pre_fork(server: Any, worker: Any) -> None:
    """Choose the processor of a worker: the one that fewest of the others have."""
    taken = [other.processor for other in server.WORKERS.values()]
    worker.processor = min(PROCESSORS, key=taken.count, default=None)


def post_fork(server: Any, worker: Any) -> None:
    """Keep a worker to its processor, where each has as many of them (ADR 0036).

    A thread that lets go of Python's lock for a moment then still has it afterwards.
    """
    is_even = len(PROCESSORS) > 1 and server.num_workers % len(PROCESSORS) == 0
    if affinity == "auto" and is_even:
        try:
            keep_to(worker.processor)
        except OSError as error:
            worker.log.warning("A web process cannot keep to a processor: %s", error)


def pre_request(_worker: Any, request: Any) -> None:
    """End a connection after some requests: who opens the next one finds who is idle.

    Connections that stay would stay with the process that happened to be faster.
    """
    if request.req_number >= _REQUESTS_EACH:
        request.force_close()


def post_worker_init(_worker: Any) -> None:
    """Answer what is no HTTP, and so reaches no view, with a problem too."""
    util.write_error = write_problem


def child_exit(_server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that ended; its counters stay."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:
    """Remove the metrics' files."""
    shutil.rmtree(_metrics, ignore_errors=True)


def write_problem(
    connection: socket.socket, status: int, reason: str, message: str
) -> None:
    """Write what gunicorn refuses as a problem, in place of its page."""
    problem = {
        "type": "urn:apiexception:invalid",
        "title": reason,
        "status": status,
        "detail": message[:200] or reason,
    }
    body = json.dumps(problem)
    lines = [
        f"HTTP/1.1 {status} {reason}",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        "Access-Control-Allow-Origin: *",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        "Connection: close",
    ]
    head = "".join(f"{line}\r\n" for line in lines)
    util.write_nonblock(connection, f"{head}\r\n{body}".encode())
