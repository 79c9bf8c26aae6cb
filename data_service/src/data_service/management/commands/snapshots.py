"""`manage.py snapshots DATASET`: what was published, and what is served."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.errors import UnknownDatasetError
from data_service.importing.snapshots import list_snapshots
from data_service.models import Snapshot


class Command(BaseCommand):
    """List the snapshots of a dataset that are kept, newest first."""

    help = "List the snapshots of a dataset, newest first; * is served."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("dataset")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print a line for each snapshot."""
        try:
            snapshots = list_snapshots(options["dataset"])
        except UnknownDatasetError as error:
            raise CommandError(str(error)) from error
        for snapshot in snapshots:
            self.stdout.write(_line(snapshot))


def _line(snapshot: Snapshot) -> str:
    mark = "*" if snapshot.version.current_id == snapshot.pk else " "
    links = snapshot.snapshottable_set.select_related("physical").order_by("table")
    tables = ", ".join(f"{link.table} {link.physical.row_count:,}" for link in links)
    made = f"{snapshot.created_at:%Y-%m-%d %H:%M} by {snapshot.created_by or '?'}"
    return f"{mark} {snapshot.pk}  {snapshot.version.name}  {made}  {tables}"
