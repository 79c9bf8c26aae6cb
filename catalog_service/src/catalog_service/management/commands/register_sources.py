"""Register the sources that the environment names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog_service.registering.sources import register_sources
from shared.fetching import FetchError


class Command(BaseCommand):
    """`register_sources`: idempotent, run at every start."""

    help = "Register the sources of the variable SOURCES that are not known yet."

    def handle(self, *_: Any, **__: Any) -> None:
        """Register; the worker reads new sources in its next round."""
        try:
            new = register_sources(settings.SOURCES, by="SOURCES")
        except FetchError as error:
            raise CommandError(f"SOURCES: {error}") from error
        for source in new:
            self.stdout.write(f"registered {source.url}")
        self.stdout.write(f"{len(settings.SOURCES)} sources, {len(new)} new")
