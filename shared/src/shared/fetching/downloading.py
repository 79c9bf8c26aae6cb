"""Download a URL to a file: the same checks as a fetch, and memory that stays flat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from .bodies import write_body
from .following import follow
from .limits import Limits


def download(
    url: str, target: Path, *, limits: Limits, trusted: Collection[str] = ()
) -> Mapping[str, str]:
    """Write what a URL answers to `target`; return the headers of the answer.

    Raises a FetchError that says why not; the file is then not to be used.
    """

    def take(chunks: Iterable[bytes], headers: Mapping[str, str]) -> bytes:
        with target.open("wb") as file:
            write_body(
                chunks,
                file,
                encoding=headers.get("content-encoding", ""),
                length=headers.get("content-length", ""),
                max_bytes=limits.max_bytes,
            )
        return b""

    return follow(url, take, limits=limits, trusted=trusted).headers
