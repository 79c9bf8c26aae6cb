"""What every reader gives: batches of rows, and the face that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from data_service.importing.asking import option
from data_service.importing.errors import UnsupportedFileError

# The column in which a reader of features puts the geometry.
GEOMETRY = "geometry"
# Small enough for a batch to stay in the cache of a core while it is worked on.
BATCH_ROWS = 500
# PostgreSQL's limit is 1,600, and a field may take several.
MOST_COLUMNS = 1500


@dataclass(frozen=True)
class Batch:
    """Some rows of a file.

    Attributes:
        names: The columns, as named in the file; a later batch may have more.
        lines: The line in the file on which each row starts.
        rows: The text of the cells; None and, if `empty_is_null`, "" have no value.
        kinds: Per column the type names that the file itself gives its values; None
            when the file knows text only.
    """

    names: tuple[str, ...]
    lines: Sequence[int]
    rows: Sequence[Sequence[str | None]]
    kinds: tuple[frozenset[str], ...] | None = None


class Reader(Protocol):
    """A file that is open for reading.

    Attributes:
        facts: What was found out about the file, in words, in order of showing.
        doubts: What was assumed and may be wrong.
        empty_is_null: Whether an empty cell has no value, or is an empty text.
        size: Bytes of the file.
        crs: The CRS that the file says its geometries are in; known at the end.
    """

    facts: list[str]
    doubts: list[str]
    empty_is_null: bool
    size: int

    @property
    def crs(self) -> str: ...

    @property
    def position(self) -> int:
        """Bytes read so far."""

    def batches(self) -> Iterator[Batch]:
        """Give all rows; one batch without rows when there are none."""


def refuse_part(path: Path, part: str) -> None:
    """Refuse to choose a part of a file that has no parts.

    Raises:
        UnsupportedFileError: When one was asked for.
    """
    if part:
        raise UnsupportedFileError(f"{path.name} has no sheets or layers: '{part}'")


def choose_part(path: Path, part: str, parts: Sequence[str], noun: str) -> str:
    """Give the sheet or layer that was asked for, or the first one.

    Raises:
        UnsupportedFileError: When there is no such part, or none at all.
    """
    if not parts:
        raise UnsupportedFileError(f"{path.name} has no {noun}")
    if part and part not in parts:
        known = ", ".join(f"'{name}'" for name in parts)
        raise UnsupportedFileError(
            f"{path.name} has no {noun} '{part}'; it has {known}"
        )
    return part or parts[0]


def doubt_parts(chosen: str, parts: Sequence[str], noun: str) -> str:
    """Say which part was taken, when nobody chose and there are others."""
    others = ", ".join(f"'{name}'" for name in parts if name != chosen)
    return f"{noun} '{chosen}' is read; {option(noun)} chooses another: {others}"
