"""How far the server that rows are read from is behind the primary."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg import OperationalError

from .connections import fetch_rows

# A worker writes its heartbeat every ten seconds, so a replica that follows always has
# something to replay.
_LAG = b"""
SELECT coalesce(host(inet_server_addr()), 'local'),
       CASE WHEN pg_is_in_recovery()
            THEN extract(epoch FROM now() - pg_last_xact_replay_timestamp())
            ELSE 0 END
"""


class LagCollector(Collector):
    """The age of what a replica replayed last; 0 on the primary."""

    def collect(self) -> Iterator[Metric]:
        """Yield the gauge of one server; none when it does not answer."""
        lag = GaugeMetricFamily(
            "kade_rows_replica_lag_seconds",
            "Age of the last transaction that is there to be read.",
            labels=["server"],
        )
        try:
            ((server, seconds),) = fetch_rows(_LAG)
        except OperationalError:
            return
        if server is not None and seconds is not None:
            lag.add_metric([server.decode()], float(seconds))
        yield lag
