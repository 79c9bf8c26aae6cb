"""`manage.py unpublish DATASET`: stop serving it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.errors import ImportingError
from data_service.importing.snapshots import find_version, unpublish


class Command(BaseCommand):
    """Stop serving a dataset; its snapshots stay, and can be rolled back to."""

    help = "Stop serving a dataset. Its snapshots stay: `rollback` serves it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("dataset")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_: Any, **options: Any) -> None:
        """Look whether there is one, ask, switch, and say so."""
        dataset = options["dataset"]
        try:
            find_version(dataset)
            if not options["yes"] and not _confirm(f"Stop serving {dataset}? [y/N] "):
                raise CommandError("nothing has changed; --yes does not ask")
            count = unpublish(dataset)
        except ImportingError as error:
            raise CommandError(str(error)) from error
        was = "is not served any more" if count else "was not served"
        self.stdout.write(f"{dataset} {was}; `rollback {dataset}` serves it again.")


def _confirm(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False
