"""`manage.py publish FILE`: a file becomes an API."""

from __future__ import annotations

import json
import logging
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.arriving import arrived
from data_service.importing.errors import ImportingError, RefusedError
from data_service.importing.faults import counted
from data_service.importing.publishing import Published, publish
from data_service.management.publish_options import add_options, publication_of
from data_service.management.showing import Shown, fault_lines, published_lines
from data_service.schemas.errors import SchemaError
from data_service.schemas.writing import dataset_to_json


class Command(BaseCommand):
    """Publish a file as a table of a dataset."""

    help = "Publish a file as a table of a dataset, or change the rows of one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        add_options(parser)

    def handle(self, *_: Any, **options: Any) -> None:
        """Publish, and say what became of it."""
        # The screen is for the person; jobs are told about in the worker's log.
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        _check_writable(options["write_schema"])
        shown = None if options["quiet"] else Shown(cast(TextIO, self.stdout._out))
        try:
            published = _publish(options, shown)
        except RefusedError as error:
            self._show_faults(fault_lines(error.faults))
            raise CommandError(_refusal(error.faults.count)) from error
        except SchemaError as error:
            self._show_faults(map(str, error.faults))
            raise CommandError(f"{options['schema']} has faults") from error
        except ImportingError as error:
            raise CommandError(str(error)) from error
        finally:
            if shown:
                shown.finish()
        self._report(published, options)

    def _show_faults(self, lines: Any) -> None:
        for line in lines:
            self.stderr.write(line)

    def _report(self, published: Published, options: dict[str, Any]) -> None:
        if options["write_schema"]:
            schema = json.dumps(dataset_to_json(published.dataset), indent=2)
            options["write_schema"].write_text(f"{schema}\n", encoding="utf-8")
        if options["quiet"]:
            return
        if published.snapshot_id is None:
            rows = counted(published.rows, "row")
            what = (
                "would be published"
                if published.is_new
                else "as before: nothing removed"
            )
            self.stdout.write(f"{rows} {what} (dry run).")
            return
        for line in published_lines(published):
            self.stdout.write(line)


def _check_writable(path: Path | None) -> None:
    if path is not None and not os.access(path.parent, os.W_OK):
        raise CommandError(
            f"--write-schema: no file can be written in {path.parent}; name a folder "
            "that is there"
        )


def _publish(options: dict[str, Any], shown: Shown | None) -> Published:
    with arrived(options["file"], form=options["format"]) as file:
        publication = publication_of(
            options, path=file.path, name=file.name, form=file.form
        )
        return publish(publication, shown)


def _refusal(count: int) -> str:
    return f"refused: {counted(count, 'fault')}; what is served has not changed"
