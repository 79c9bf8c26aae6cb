"""Readers of files: each kind of file is a module here with the same face.

A reader opens a file, says in words what it found (`facts`), and gives its rows in
batches with true line numbers; faults of structure go to the faults it was given.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from data_service.importing.decoding import guess_encoding
from data_service.importing.errors import UnsupportedFileError
from data_service.importing.faults import Faults

from .batches import Batch, Reader
from .csv import CsvReader
from .feature_ids import MisledError, ReadsFeatures
from .kinds import kind_of, load_reader

__all__ = ["Batch", "MisledError", "Reader", "open_quickly", "open_reader"]


def open_quickly(
    path: Path, faults: Faults, *, form: str = "", part: str = ""
) -> Reader | None:
    """Open a delimited file by what its first part suggests; None for other files.

    Reading it may end in a UnicodeDecodeError, and may give NUL characters.

    Raises:
        UnsupportedFileError: When there is no reader for it, or no such file.
    """
    if _find_reader(path, form) is not CsvReader:
        return None
    encoding = guess_encoding(path)
    return CsvReader(path, faults, part, encoding=encoding) if encoding else None


def open_reader(
    path: Path,
    faults: Faults,
    *,
    form: str = "",
    part: str = "",
    keeps_ids: bool = False,
) -> Reader:
    """Open a file with the reader of its kind.

    Args:
        path: Of a file that is not packed.
        faults: Where its faults go.
        form: The name of its kind; empty takes that of the file's name.
        part: The sheet or layer, where a file has several; empty takes the first.
        keeps_ids: Read the ids of features also when they repeat a property.

    Reading it may end in a MisledError, but for a reader that keeps ids.

    Raises:
        UnsupportedFileError: When there is no reader, no such file or no such part.
        MissingExtraError: When the reader's packages are not installed.
    """
    reader = cast(Reader, _find_reader(path, form)(path, faults, part))
    if keeps_ids and isinstance(reader, ReadsFeatures):
        reader.ids.keep()
    return reader


def _find_reader(path: Path, form: str) -> Any:
    if not path.is_file():
        reason = "is a folder" if path.is_dir() else "does not exist"
        raise UnsupportedFileError(f"{path} {reason}")
    return load_reader(kind_of(path.name, form))
