"""`manage.py rollback DATASET`: serve an earlier snapshot again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.errors import ImportingError
from data_service.importing.snapshots import roll_back


class Command(BaseCommand):
    """Serve an earlier snapshot of a dataset again."""

    help = "Serve the snapshot before the current one, or the one given by --to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("dataset")
        parser.add_argument("--to", type=int, help="number of a snapshot")

    def handle(self, *_: Any, **options: Any) -> None:
        """Switch, and say to what."""
        try:
            snapshot = roll_back(options["dataset"], to=options["to"])
        except ImportingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['dataset']} serves snapshot {snapshot.pk} now.")
