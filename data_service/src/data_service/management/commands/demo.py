"""`manage.py demo`: publishes open data of two packages, to have something to see."""

from __future__ import annotations

import logging
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.errors import ImportingError
from data_service.importing.faults import counted
from data_service.importing.publishing import Publication, publish
from data_service.importing.snapshots import serves
from data_service.management.demo_files import FILES, DemoFile


class Command(BaseCommand):
    """Publish the demo datasets, through the same verb as any file."""

    help = "Publish the demo datasets that are not served yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--force", action="store_true", help="publish them again")

    def handle(self, *_: Any, **options: Any) -> None:
        """Publish each table that is not served, or all of them."""
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        for file in FILES:
            name = f"{file.about.id}/{file.table}"
            if serves(file.about.id, file.table) and not options["force"]:
                self.stdout.write(f"{name} is served already")
                continue
            self.stdout.write(f"{name}: {counted(_publish(file), 'row')}")


def _publish(file: DemoFile) -> int:
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, file.name)
            file.write(path)
            return publish(_publication(file, path)).rows
    except ImportError as error:
        raise CommandError(
            f"{error.name} is missing; install the extra: kade-data-service[demo]"
        ) from error
    except ImportingError as error:
        raise CommandError(f"{file.name}: {error}") from error


def _publication(file: DemoFile, path: Path) -> Publication:
    return Publication(
        path=path,
        dataset=file.about.id,
        table=file.table,
        key=file.key,
        about=file.about,
        by="demo",
    )
