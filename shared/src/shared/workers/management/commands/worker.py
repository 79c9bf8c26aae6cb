"""Do jobs until told to stop."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError as DatabaseAwayError
from django.db import connection, connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from shared.databases import CONNECT_SECONDS
from shared.workers.running import beating, run_worker
from shared.workers.stopping import run_until_told, was_told

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
        run_until_told(_work(concurrency, until_idle=until_idle))


async def _work(concurrency: int, *, until_idle: bool) -> None:
    async with beating(Path(settings.WORKER_HEARTBEAT_FILE)):
        while True:
            with app.replace_connector(_connector()) as worker_app:
                try:
                    await run_worker(
                        worker_app, concurrency=concurrency, wait=not until_idle
                    )
                except (ConnectorException, OperationalError) as error:
                    if was_told():
                        return
                    if until_idle:
                        told = f"the database is not there: {error}"
                        raise CommandError(told) from error
                    logger.warning("worker.waits", reason=str(error))
                else:
                    return
            await _wait_for_database()
            logger.info("worker.goes_on")


def _connector() -> PsycopgConnector:
    """Give a connector, whose pool opens once and soon says that the server is away."""
    return PsycopgConnector(
        kwargs=connector_params(),
        timeout=CONNECT_SECONDS,
        reconnect_timeout=CONNECT_SECONDS,
    )


def _set_up_connections() -> None:
    """Close the database after each job: its thread may never be used again.

    And connect to the primary only, when it can be written to: jobs write.
    """
    for settings_of_one in connections.settings.values():
        settings_of_one["CONN_MAX_AGE"] = 0
        settings_of_one["OPTIONS"]["target_session_attrs"] = "read-write"


async def _wait_for_database() -> None:
    """Return when the primary answers; the container stays well meanwhile."""
    # In a thread of its own: who is told to stop does not wait for an answer.
    while not await asyncio.to_thread(_is_there):
        await asyncio.sleep(_PAUSE_SECONDS)


def _is_there() -> bool:
    connection.close()
    try:
        connection.ensure_connection()
    except DatabaseAwayError:
        return False
    connection.close()
    return True
