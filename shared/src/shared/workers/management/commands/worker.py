"""Do jobs until told to stop."""

from __future__ import annotations

import asyncio
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError as DatabaseAwayError
from django.db import connection, connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from shared.databases import CONNECT_SECONDS
from shared.workers.heartbeat import beat
from shared.workers.running import run_worker

_PAUSE_SECONDS = 1.0

logger = structlog.get_logger("kade.jobs")


class Command(BaseCommand):
    """Run a worker of this service; SIGINT and SIGTERM stop it gracefully."""

    help = "Do jobs until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how many jobs run at once."""
        parser.add_argument(
            "--concurrency", type=int, default=settings.WORKER_CONCURRENCY
        )
        parser.add_argument(
            "--until-idle",
            action="store_true",
            help="stop when there is nothing left to do",
        )

    def handle(self, *, concurrency: int, until_idle: bool, **_options: Any) -> None:
        """Run the worker; while the database is away, wait for it."""
        if not isinstance(app.connector, DjangoConnector):
            raise CommandError("a worker runs in a process of its own")
        _set_up_connections()
        heartbeat = Path(settings.WORKER_HEARTBEAT_FILE)
        while True:
            with app.replace_connector(_connector()) as worker_app:
                try:
                    _run(worker_app, concurrency, heartbeat, until_idle=until_idle)
                except (ConnectorException, OperationalError) as error:
                    if until_idle:
                        told = f"the database is not there: {error}"
                        raise CommandError(told) from error
                    logger.warning("worker.waits", reason=str(error))
                else:
                    return
            _wait_for_database(heartbeat)
            logger.info("worker.goes_on")


def _run(
    worker_app: App, concurrency: int, heartbeat: Path, *, until_idle: bool
) -> None:
    asyncio.run(
        run_worker(
            worker_app,
            concurrency=concurrency,
            heartbeat=heartbeat,
            wait=not until_idle,
        )
    )


def _connector() -> PsycopgConnector:
    """Give a connector, whose pool opens once and soon says that the server is away."""
    return PsycopgConnector(
        kwargs=connector_params(),
        timeout=CONNECT_SECONDS,
        reconnect_timeout=CONNECT_SECONDS,
    )


def _set_up_connections() -> None:
    """Close the database after each job: its thread may never be used again.

    And connect to the primary only: jobs write.
    """
    for settings_of_one in connections.settings.values():
        settings_of_one["CONN_MAX_AGE"] = 0
        settings_of_one["OPTIONS"]["target_session_attrs"] = "primary"


def _wait_for_database(heartbeat: Path) -> None:
    """Return when the primary answers; the container stays well meanwhile."""
    while True:
        beat(heartbeat)
        connection.close()
        try:
            connection.ensure_connection()
        except DatabaseAwayError:
            time.sleep(_PAUSE_SECONDS)
        else:
            connection.close()
            return
