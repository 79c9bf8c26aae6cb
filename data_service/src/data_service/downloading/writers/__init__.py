"""The writers of files, with one face: `write(path, source)`, in flat memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..kinds import GEOPACKAGE, PARQUET, XLSX, Kind
from ..reading import Source

LIBRARIES = ("pyarrow", "pyogrio", "xlsxwriter")
Write = Callable[[Path, Source], None]


def _parquet(path: Path, source: Source) -> None:
    from .parquet import write

    write(path, source)


def _geopackage(path: Path, source: Source) -> None:
    from .geopackage import write

    write(path, source)


def _xlsx(path: Path, source: Source) -> None:
    from .xlsx import write

    write(path, source)


# Imported when they are used: a worker may do without the extra `files`.
WRITERS: Mapping[Kind, Write] = {
    PARQUET: _parquet,
    GEOPACKAGE: _geopackage,
    XLSX: _xlsx,
}
