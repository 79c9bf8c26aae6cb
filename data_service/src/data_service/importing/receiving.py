"""Imports a file that was sent: what the job does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data_service.models import Import
from data_service.schemas.errors import SchemaError
from data_service.schemas.tables import Dataset
from shared.workers.retrying import DATABASE_ERRORS

from . import imports
from .asking import HTTP, asked_by
from .errors import BusyError, ImportingError
from .publications import Mode, Publication
from .publishing import publish
from .readers.kinds import kind_of
from .reporting import Reported
from .schema_files import fetch_schema
from .sending import forget_parts, write_parts

_PASSING: tuple[type[Exception], ...] = (BusyError, *DATABASE_ERRORS)


@asked_by(HTTP)
def import_sent_file(import_id: int) -> str:
    """Import a file that was sent; give how that ended.

    Run again after a worker was killed, it starts anew.

    Raises:
        BusyError: When another import of the dataset is running: try again, as after
            any error of DATABASE_ERRORS.
    """
    unfinished = Import.objects.filter(state__in=Import.UNFINISHED)
    record = unfinished.filter(pk=import_id).first()
    if record is None:
        return "gone"
    Import.objects.filter(pk=import_id).update(state=Import.State.RUNNING)
    try:
        with TemporaryDirectory(prefix="kade-") as folder:
            _import(record, Path(folder))
    except _PASSING:
        Import.objects.filter(pk=import_id).update(state=Import.State.WAITING)
        raise
    except ImportingError:
        forget_parts(record)
        return str(Import.State.REFUSED)
    forget_parts(record)
    return str(Import.State.DONE)


def _import(record: Import, folder: Path) -> None:
    options = record.options or {}
    kind = kind_of(record.source, options.get("format", ""))
    path = folder / f"{record.table}{kind.suffixes[0]}"
    size = _write(record, path)
    schema = _schema(record, options.get("schema", ""))
    is_sent = size > 0 or not options.get("deleteWhere")
    publication = _publication(record, options, path if is_sent else None)
    publication = replace(publication, schema=schema)
    with Reported(record) as progress:
        publish(publication, progress, record=record)


def _write(record: Import, path: Path) -> int:
    """Write the file to disk; give its size.

    Raises:
        ImportingError: When it was lost; the import then is refused.
    """
    try:
        return write_parts(record, path)
    except ImportingError as error:
        imports.refuse(record, [str(error)])
        raise


def _schema(record: Import, url: str) -> Dataset | None:
    """Fetch the schema that was asked for.

    Raises:
        ImportingError: When it cannot be read; the import then is refused.
    """
    if not url:
        return None
    try:
        return fetch_schema(url)
    except SchemaError as error:
        imports.refuse(record, [f"{url}: {fault}" for fault in error.faults])
        raise ImportingError(str(error)) from error
    except ImportingError as error:
        imports.refuse(record, [str(error)])
        raise


def _publication(
    record: Import, options: dict[str, Any], path: Path | None
) -> Publication:
    return Publication(
        path=path,
        name=record.source,
        form=options.get("format", ""),
        part=options.get("sheet") or options.get("layer") or "",
        crs=options.get("crs", ""),
        dataset=record.dataset,
        table=record.table,
        key=options.get("key", ""),
        mode=Mode(options.get("mode", Mode.REPLACE)),
        without=options.get("deleteWhere", {}),
        breaking=bool(options.get("breaking")),
        about=Dataset(
            id="",
            tables=(),
            title=options.get("title", ""),
            description=options.get("description", ""),
            license=options.get("license", ""),
        ),
        by=record.started_by,
        dry_run=bool(options.get("dryRun")),
        mend_geometry=bool(options.get("mendGeometry")),
    )
