"""Where a file comes from: a path, a URL, or standard input.

What is not on disk yet is put there first, within a limit: most files are read more
than once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.conf import settings

from shared.fetching import FetchError, Limits
from shared.fetching.downloading import download

from .asking import option
from .errors import UnsupportedFileError
from .readers.kinds import FORMATS, KINDS, format_of, kind_of

STANDARD_INPUT = "-"
_BLOCK = 1 << 20
_DOWNLOAD_SECONDS = 3600.0


@dataclass(frozen=True)
class Arrived:
    """A file on disk; no path when none was named."""

    path: Path | None
    name: str = ""
    form: str = ""


@contextmanager
def arrived(
    place: str, *, form: str = "", stream: BinaryIO | None = None
) -> Iterator[Arrived]:
    """Give the file at a place, on disk; what was put there is removed afterwards.

    Args:
        place: A path, a URL, `-` for standard input, or nothing for no file.
        form: The name of its kind; empty takes that of its name.
        stream: Instead of standard input.

    Raises:
        UnsupportedFileError: When it cannot be fetched, is too large, or nothing
            tells its kind.
    """
    if not place:
        yield Arrived(None)
        return
    is_url = place.startswith(("http://", "https://"))
    if not is_url and place != STANDARD_INPUT:
        yield Arrived(Path(place), Path(place).name, form)
        return
    with TemporaryDirectory(prefix="kade-") as folder:
        if is_url:
            yield _fetch(place, form, Path(folder))
        else:
            yield _read(stream or sys.stdin.buffer, form, Path(folder))


def _fetch(url: str, form: str, folder: Path) -> Arrived:
    name = unquote(PurePosixPath(urlsplit(url).path).name) or "file"
    target = folder / "file"
    limits = Limits(max_bytes=settings.MAX_FILE_BYTES, seconds=_DOWNLOAD_SECONDS)
    try:
        headers = download(url, target, limits=limits, trusted=settings.TRUSTED_ORIGINS)
    except FetchError as error:
        raise UnsupportedFileError(f"{url}: {error}") from error
    suffixes = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
    if not form and not name.lower().endswith((*suffixes, ".gz")):
        form = format_of(headers.get("content-type", ""))
    return Arrived(target.rename(_named(target, name, form)), name, form)


def _read(stream: BinaryIO, form: str, folder: Path) -> Arrived:
    if not form:
        raise UnsupportedFileError(
            f"say with {option('format')} what standard input is: {', '.join(FORMATS)}"
        )
    target = _named(folder / "file", "file", form)
    store(iter(lambda: stream.read(_BLOCK), b""), target)
    return Arrived(target, STANDARD_INPUT, form)


def store(blocks: Iterator[bytes], target: Path) -> None:
    """Write blocks to a file, up to the limit.

    Raises:
        UnsupportedFileError: When there are more.
    """
    left = settings.MAX_FILE_BYTES
    with target.open("wb") as file:
        for block in blocks:
            left -= len(block)
            if left < 0:
                raise UnsupportedFileError(
                    f"has more than {settings.MAX_FILE_BYTES:,} bytes (MAX_FILE_BYTES)"
                )
            file.write(block)


def _named(path: Path, name: str, form: str) -> Path:
    """Give a path the name that the file came under, which ends as its kind does."""
    safe = "".join(c if c.isalnum() or c in "._-" else "_" for c in name)[-100:]
    safe = safe.lstrip(".") or "file"
    if form and not safe.lower().endswith(kind_of("", form).suffixes):
        safe += kind_of("", form).suffixes[0]
    return path.with_name(safe)
