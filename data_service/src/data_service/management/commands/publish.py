"""`manage.py publish FILE`: a file becomes an API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from data_service.importing.errors import ImportingError, RefusedError
from data_service.importing.publishing import Publication, publish


class Command(BaseCommand):
    """Publish a file as a table of a dataset."""

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dataset", default="")
        parser.add_argument("--table", default="")
        parser.add_argument("--key", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        p = Publication(
            path=options["file"],
            dataset=options["dataset"],
            table=options["table"],
            key=options["key"],
        )
        try:
            r = publish(p)
        except RefusedError as e:
            for f in e.faults:
                self.stderr.write(str(f))
            raise CommandError(f"{e.faults.count} faults") from e
        except ImportingError as e:
            raise CommandError(str(e)) from e
        for f in r.table.fields:
            print(f.id, f.type_name, f.provenance)
        print(r.doubts, r.rows, r.snapshot_id, r.table.identifier)
