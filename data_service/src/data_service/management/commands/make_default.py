"""`manage.py make_default DATASET VERSION`: moves the address without a version."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.errors import ImportingError
from data_service.importing.snapshots import make_default


class Command(BaseCommand):
    """Serve a version under the address without a version too."""

    help = "Serve a version of a dataset under the address without a version too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("dataset")
        parser.add_argument("version", help="such as v2")

    def handle(self, *_: Any, **options: Any) -> None:
        """Switch, and say so."""
        dataset, version = options["dataset"], options["version"]
        try:
            make_default(dataset, version)
        except ImportingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{dataset} serves {version} by default now.")
