"""Makes a download of a physical table, once: a table never changes, nor does its file.

It is written to a temporary file and kept in the database, where every machine finds
it, and where it goes when its table goes (ADR 0023).
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction

from data_service.models import Download, DownloadPart, PhysicalTable
from data_service.schemas.tables import Table

from .errors import MissingLibraryError, UnfitError
from .kinds import KINDS, Kind, kinds_of
from .reading import Source
from .writers import WRITERS

_SETTINGS = (
    ("TimeZone", "UTC"),
    ("statement_timeout", "0"),
    ("client_connection_check_interval", "200ms"),
)
_KINDS = {kind.name: kind for kind in KINDS}


@transaction.atomic
def make_download(physical_id: int, kind_name: str) -> int:
    """Make one, or note why there is none; give its size, 0 when there is no need.

    Raises MissingLibraryError where its writer is not installed.
    """
    kind = _KINDS[kind_name]
    # Not locked, for publishing writes to it: a table that is read is not dropped.
    wanting = PhysicalTable.objects.exclude(downloads__kind=kind.name)
    found = wanting.filter(pk=physical_id).first()
    table = found.table_schema() if found else None
    if found is None or table is None or kind not in kinds_of(table):
        return 0
    try:
        with transaction.atomic():  # PostgreSQL may have refused to read the rows
            return _make(found, table, kind)
    except UnfitError as error:
        Download.objects.create(physical=found, kind=kind.name, problem=str(error))
        return 0


def _make(physical: PhysicalTable, table: Table, kind: Kind) -> int:
    if kind.most_rows is not None and (physical.row_count or 0) > kind.most_rows:
        raise UnfitError(f"it holds at most {kind.most_rows:,} rows")
    with connection.cursor() as cursor:
        for name, value in _SETTINGS:
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
    with TemporaryDirectory(prefix="kade-download-") as folder:
        path = Path(folder) / f"{table.id}.{kind.name}"
        try:
            WRITERS[kind](path, Source(table, physical.name))
        except ModuleNotFoundError as error:
            raise MissingLibraryError(f"install {error.name}") from error
        return _keep(path, physical, kind)


def _keep(path: Path, physical: PhysicalTable, kind: Kind) -> int:
    size = path.stat().st_size
    download = Download.objects.create(physical=physical, kind=kind.name, size=size)
    digest = sha256()
    with path.open("rb") as file:
        number = 0
        while content := file.read(DownloadPart.BYTES):
            digest.update(content)
            DownloadPart.objects.create(
                download=download, number=number, content=content
            )
            number += 1
    download.sha256 = digest.hexdigest()
    download.save(update_fields=["sha256"])
    return size
