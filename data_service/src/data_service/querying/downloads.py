"""The files of the tables of a snapshot, as they lie in the database (ADR 0023)."""

from __future__ import annotations

from dataclasses import dataclass

from .connections import Row, fetch_rows, thread_connection

PART_BYTES = 1024 * 1024  # as models.DownloadPart has it
_FILES = b"""
SELECT t."table", d.kind, d.id, d.size, d.sha256, d.problem,
       to_char(d.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
  FROM data_service_snapshottable t
  JOIN data_service_download d ON d.physical_id = t.physical_id
 WHERE t.snapshot_id = %s
 ORDER BY t.id, d.kind
"""
_PART = """
SELECT content FROM data_service_downloadpart WHERE download_id = %s AND number = %s
"""


@dataclass(frozen=True)
class File:
    """A file, or the problem why there is none."""

    table: str
    kind: str
    id: int
    size: int
    sha256: str
    problem: str
    made_at: str


def files_of(snapshot_id: int) -> dict[tuple[str, str], File]:
    """Give the files that are made, by table and kind."""
    files = map(_file, fetch_rows(_FILES, (snapshot_id,)))
    return {(file.table, file.kind): file for file in files}


def fetch_part(file_id: int, number: int) -> bytes | None:
    """Give a part of a file; None when it has been removed."""
    cursor = thread_connection().execute(_PART, (file_id, number), binary=True)
    row = cursor.fetchone()
    return None if row is None else bytes(row[0])


def _file(row: Row) -> File:
    table, kind, number, size, digest, problem, made_at = (
        (cell or b"").decode() for cell in row
    )
    return File(table, kind, int(number), int(size), digest, problem, made_at)
