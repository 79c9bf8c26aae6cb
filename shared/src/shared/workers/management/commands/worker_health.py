"""Say whether this machine's worker lives: the health check of its container."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shared.workers.heartbeat import MAX_AGE, age_of


class Command(BaseCommand):
    """End with an error when the worker has not shown itself lately."""

    help = "Say whether the worker of this container lives."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read the worker's heartbeat."""
        age = age_of(Path(settings.WORKER_HEARTBEAT_FILE))
        if age is None:
            raise CommandError("no worker has run here")
        if age > MAX_AGE:
            raise CommandError(f"the worker was last seen {age:.0f} s ago")
        self.stdout.write("The worker lives.")
