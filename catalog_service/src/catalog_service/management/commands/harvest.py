"""Harvest sources now, without waiting for the worker."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog_service.harvesting.sources import harvest_source
from catalog_service.models import Harvest, Source
from catalog_service.registering.sources import source_url
from shared.fetching import FetchError


class Command(BaseCommand):
    """`harvest [URL]`: read one source, or all."""

    help = "Read the sources now: one, or all."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the URL of one source."""
        parser.add_argument("url", metavar="URL", nargs="?")

    def handle(self, *_: Any, **options: Any) -> None:
        """Harvest, and tell of each source what came of it."""
        by = getpass.getuser()
        sources = _chosen(options["url"])
        runs = [harvest_source(source.pk, by=by) for source in sources]
        for source, run in zip(sources, runs, strict=True):
            self.stdout.write(_line(source, run))
        if any(run.state == Harvest.State.FAILED for run in runs):
            raise CommandError("not every source could be read")


def _chosen(url: str | None) -> list[Source]:
    if url is None:
        return list(Source.objects.order_by("id"))
    try:
        return [Source.objects.get(url=source_url(url))]
    except FetchError as error:
        raise CommandError(str(error)) from error
    except Source.DoesNotExist as error:
        raise CommandError(f"{url} is no source; add_source makes it one") from error


def _line(source: Source, run: Harvest) -> str:
    counts = (
        f"{run.documents} documents, {run.changed} changed, "
        f"{run.unreadable} unreadable, {run.vanished} vanished"
    )
    line = f"{source.url}: {counts}"
    return f"{line}\n  {run.message}" if run.message else line
