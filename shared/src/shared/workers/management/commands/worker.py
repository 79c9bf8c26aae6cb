"""Do jobs until told to stop."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from shared.workers.running import run_worker


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
        """Run the worker; end with an error when the database goes away."""
        connector = app.connector
        if not isinstance(connector, DjangoConnector):
            raise CommandError("a worker runs in a process of its own")
        _release_connections_after_use()
        heartbeat = Path(settings.WORKER_HEARTBEAT_FILE)
        with app.replace_connector(connector.get_worker_connector()) as worker_app:
            running = run_worker(
                worker_app,
                concurrency=concurrency,
                heartbeat=heartbeat,
                wait=not until_idle,
            )
            try:
                asyncio.run(running)
            except (ConnectorException, OperationalError) as error:
                raise CommandError(f"the database is not there: {error}") from error


def _release_connections_after_use() -> None:
    """Close the database after each job: its thread may never be used again."""
    for settings_of_one in connections.settings.values():
        settings_of_one["CONN_MAX_AGE"] = 0
