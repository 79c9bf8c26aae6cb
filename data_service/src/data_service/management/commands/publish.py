"""`manage.py publish FILE`: a file becomes an API."""

from __future__ import annotations

import getpass
import json
import logging
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.errors import ImportingError, RefusedError
from data_service.importing.publishing import Publication, Published, publish
from data_service.importing.schema_files import read_schema
from data_service.management.showing import Shown, fault_lines, published_lines
from data_service.schemas.errors import SchemaError
from data_service.schemas.tables import Dataset
from data_service.schemas.writing import dataset_to_json


class Command(BaseCommand):
    """Publish a file as a table of a dataset."""

    help = "Publish a CSV or GeoJSON file as a table of a dataset."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        add = parser.add_argument
        add("file", type=Path, help="CSV (any delimiter) or GeoJSON")
        add("--dataset", default="", help="its id; else from the name of the file")
        add("--table", default="", help="its id; else from the name of the file")
        add("--schema", type=Path, help="Amsterdam Schema that every cell must fit")
        add("--key", default="", help="the column that identifies the rows")
        add(
            "--mend-geometry",
            action="store_true",
            help="mend geometries that are not valid; they are refused otherwise",
        )
        add("--dry-run", action="store_true", help="do all but serve it")
        add("--title", default="", help="title of the dataset")
        add("--description", default="", help="what the dataset is about")
        add("--license", default="", help="such as CC0-1.0")
        add("--write-schema", type=Path, help="write the schema used to this file")
        add("--quiet", action="store_true", help="show only what went wrong")

    def handle(self, *_: Any, **options: Any) -> None:
        """Publish, and say what became of it."""
        # The screen is for the person; jobs are told about in the worker's log.
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        shown = None if options["quiet"] else Shown(cast(TextIO, self.stdout._out))
        try:
            published = publish(_publication(options), shown)
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
            self.stdout.write(f"{published.rows:,} rows would be published (dry run).")
            return
        for line in published_lines(published):
            self.stdout.write(line)


def _publication(options: dict[str, Any]) -> Publication:
    about = {name: options[name] for name in ("title", "description", "license")}
    return Publication(
        path=options["file"],
        dataset=options["dataset"],
        table=options["table"],
        schema=read_schema(options["schema"]) if options["schema"] else None,
        key=options["key"],
        about=Dataset(id="", tables=(), **about),
        by=_user(),
        dry_run=options["dry_run"],
        mend_geometry=options["mend_geometry"],
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _refusal(count: int) -> str:
    faults = "1 fault" if count == 1 else f"{count:,} faults"
    return f"refused: {faults}; what is served has not changed"
