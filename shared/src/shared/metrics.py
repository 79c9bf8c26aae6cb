"""What a service counts, in Prometheus' format.

Under gunicorn every process writes to files of its own in PROMETHEUS_MULTIPROC_DIR,
which `shared.serving` makes; the process that is asked adds them up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

MEDIA_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_requests = Counter(
    "kade_http_requests", "Requests answered.", ["route", "method", "status"]
)
_seconds = Histogram(
    "kade_http_request_seconds",
    "Time until the answer began.",
    ["route"],
    buckets=_BUCKETS,
)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request and its time."""
    counter, histogram = _request_children(route, method, status)
    counter.inc()
    histogram.observe(seconds)


@lru_cache(maxsize=4096)
def _request_children(
    route: str, method: str, status: int
) -> tuple[Counter, Histogram]:
    # Looking a child up by its labels takes a lock and costs more than counting.
    return _requests.labels(route, method, str(status)), _seconds.labels(route)


def render_metrics() -> bytes:
    """Return all that is counted, of all processes, and the state of the database.

    A service adds collectors of its own by their names (METRICS_COLLECTORS).
    """
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    registry.register(_JobsCollector())
    for name in settings.METRICS_COLLECTORS:
        registry.register(import_string(name)())
    return generate_latest(registry)


class _JobsCollector(Collector):
    """Jobs by task and status as they stand in the database."""

    _QUERY = """
        SELECT task_name, status::text, count(*)
        FROM procrastinate_jobs GROUP BY task_name, status
    """
    _WAITING = """
        SELECT coalesce(extract(epoch FROM now() - min(e.at)), 0)
        FROM procrastinate_jobs j
        JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
        WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at < now())
    """

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; none when the database does not answer."""
        jobs = GaugeMetricFamily("kade_jobs", "Jobs.", labels=["task", "status"])
        waiting = GaugeMetricFamily(
            "kade_jobs_waiting_seconds", "Age of the oldest job that could run."
        )
        try:
            with connection.cursor() as cursor:
                cursor.execute(self._QUERY)
                for task, status, count in cursor.fetchall():
                    jobs.add_metric([task, status], count)
                cursor.execute(self._WAITING)
                waiting.add_metric([], float((cursor.fetchone() or (0,))[0]))
        except DatabaseError:
            return
        yield jobs
        yield waiting
