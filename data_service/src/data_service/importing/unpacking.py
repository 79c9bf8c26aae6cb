"""Takes the one file with rows out of a packed one: gzip, or a zip archive.

What is packed is bounded while it is unpacked: its own word for its size is not taken.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from .asking import option
from .errors import UnsupportedFileError
from .readers.kinds import KINDS, ZIP, kind_of

_GZIP = b"\x1f\x8b"
_BLOCK = 1 << 20
_SUFFIXES = tuple(s for kind in KINDS for s in kind.suffixes if s != ".zip")
_PARTS_OF_SHAPES = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True)
class Unpacked:
    """A file that a reader can open, and the part of it that is still to be chosen."""

    path: Path
    form: str
    part: str
    doubts: tuple[str, ...] = ()


@contextmanager
def unpacked(
    path: Path, *, form: str, part: str, most_bytes: int
) -> Iterator[Unpacked]:
    """Give the file with rows; what was unpacked is removed afterwards.

    Raises:
        UnsupportedFileError: When there is none, or more than one to choose from.
    """
    with TemporaryDirectory(prefix="kade-") as folder:
        target = Path(folder)
        if _is_gzip(path):
            inner = target / (path.stem if path.suffix.lower() == ".gz" else path.name)
            with _packing_errors(path), gzip.open(path) as source:
                _copy(source, inner, most_bytes)
            yield Unpacked(inner, form, part)
        elif path.is_file() and kind_of(path.name, form).name == ZIP:
            yield _from_archive(path, target, part, most_bytes)
        else:
            yield Unpacked(path, form, part)


def _is_gzip(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_GZIP)) == _GZIP


def _from_archive(path: Path, target: Path, part: str, most_bytes: int) -> Unpacked:
    with _packing_errors(path), zipfile.ZipFile(path) as archive:
        members = _members(archive)
        name, doubts = _choose(path, sorted(members), part)
        if name.lower().endswith(".shp"):
            wanted = _shape_members(members, name)
        else:
            wanted = {PurePosixPath(name).name: name}
        for local, member in wanted.items():
            with archive.open(member) as source:
                _copy(source, target / local, most_bytes)
    return Unpacked(target / next(iter(wanted)), "", "", doubts)


def _members(archive: zipfile.ZipFile) -> frozenset[str]:
    """Give the names of the files, without what some systems put beside them."""
    return frozenset(
        info.filename
        for info in archive.infolist()
        if not info.is_dir()
        and not PurePosixPath(info.filename).name.startswith(".")
        and not info.filename.startswith("__MACOSX/")
    )


def _choose(path: Path, members: list[str], part: str) -> tuple[str, tuple[str, ...]]:
    able = [m for m in members if m.lower().endswith(_SUFFIXES)]
    shapes = [m for m in able if m.lower().endswith(".shp")]
    able = shapes or able
    wanted = [m for m in able if part in (m, *_names(m))] if part else able
    known = ", ".join(able) or "none"
    if not wanted:
        reason = f"no '{part}'" if part else "no file with rows"
        raise UnsupportedFileError(f"{path.name} has {reason} in it; it has {known}")
    doubts: tuple[str, ...] = ()
    if len(wanted) > 1:
        chosen = f"{wanted[0]} is read; {option('layer')} chooses another of {known}"
        doubts = (chosen,)
    return wanted[0], doubts


def _names(member: str) -> tuple[str, str]:
    place = PurePosixPath(member)
    return place.name, place.stem


def _shape_members(members: frozenset[str], name: str) -> dict[str, str]:
    """Give the files of a shapefile, under names in lower case; the .shp first."""
    stem = name[: -len(".shp")]
    by_lower = {member.lower(): member for member in members}
    found = {s: by_lower.get(f"{stem}{s}".lower()) for s in _PARTS_OF_SHAPES}
    return {f"shape{suffix}": member for suffix, member in found.items() if member}


def _copy(source: Any, target: Path, most_bytes: int) -> None:
    left = most_bytes
    with target.open("wb") as file:
        while block := source.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise UnsupportedFileError(
                    f"holds more than {most_bytes:,} bytes (MAX_FILE_BYTES)"
                )
            file.write(block)


@contextmanager
def _packing_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
    ) as error:
        raise UnsupportedFileError(
            f"{path.name} cannot be unpacked: {error}"
        ) from error
    except RuntimeError as error:  # what zipfile raises for a password
        raise UnsupportedFileError(f"{path.name} is locked: {error}") from error
