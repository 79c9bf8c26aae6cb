"""Readers of files: each kind of file is a module here with the same face.

A reader opens a file, says in words what it found (`facts`), and gives its rows in
batches with true line numbers; faults of structure go to the faults it was given.
"""

from __future__ import annotations

from pathlib import Path

from data_service.importing.decoding import guess_encoding
from data_service.importing.errors import UnsupportedFileError
from data_service.importing.faults import Faults

from .batches import Batch, Reader
from .csv import CsvReader
from .geojson import GeojsonReader

__all__ = ["Batch", "Reader", "open_quickly", "open_reader"]

_READERS: dict[str, type[CsvReader] | type[GeojsonReader]] = {
    ".csv": CsvReader,
    ".tsv": CsvReader,
    ".tab": CsvReader,
    ".txt": CsvReader,
    ".dat": CsvReader,
    ".geojson": GeojsonReader,
    ".json": GeojsonReader,
}


def open_quickly(path: Path, faults: Faults) -> Reader | None:
    """Open a delimited file by what its first part suggests; None for other files.

    Reading it may end in a UnicodeDecodeError, and may give NUL characters.

    Raises:
        UnsupportedFileError: When there is no reader for it, or no such file.
    """
    if _find_reader(path) is not CsvReader:
        return None
    encoding = guess_encoding(path)
    return CsvReader(path, faults, encoding=encoding) if encoding else None


def open_reader(path: Path, faults: Faults) -> Reader:
    """Open a file with the reader of its kind.

    Raises:
        UnsupportedFileError: When there is none for its suffix, or no such file.
    """
    return _find_reader(path)(path, faults)


def _find_reader(path: Path) -> type[CsvReader] | type[GeojsonReader]:
    if not path.is_file():
        reason = "is a folder" if path.is_dir() else "does not exist"
        raise UnsupportedFileError(f"{path} {reason}")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        accepted = ", ".join(_READERS)
        raise UnsupportedFileError(
            f"{path.name} cannot be read; use a file whose name ends in {accepted}"
        )
    return reader
