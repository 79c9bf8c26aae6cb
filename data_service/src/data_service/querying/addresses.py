"""The one grammar of addresses under /v1 (ADR 0004).

    /v1/<dataset path>[/vN][/<table>[/<id>]]

Datasets nest, so only the database knows how many segments are the dataset's: an
address offers the candidates, longest first, and is then read below the one found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

PREFIX = "/v1/"
_VERSION = re.compile(r"v[0-9]+\Z", re.ASCII)
_MOST_SEGMENTS = 12


class AddressError(Exception):
    """No resource can have this address."""


@dataclass(frozen=True)
class Place:
    """What an address means below the path of a dataset.

    Attributes:
        version: "v1"; "" is the default one.
        table: "" is the dataset version itself.
        key: The text of the identifier; None is the whole table.
    """

    dataset_path: str
    version: str = ""
    table: str = ""
    key: str | None = None

    @property
    def base(self) -> str:
        """Give the path of the dataset version as the client addressed it."""
        return PREFIX + "/".join(filter(None, (self.dataset_path, self.version)))


@dataclass(frozen=True)
class Address:
    """The segments of a path below /v1, decoded.

    `exact` says that the segments are as the client sent them, so that a slash in a
    segment was a %2F; a server that decodes before it splits cannot tell.
    """

    segments: tuple[str, ...]
    exact: bool = True

    @property
    def dataset_paths(self) -> tuple[str, ...]:
        """List the paths that the dataset may have, longest first."""
        count = len(self.segments)
        return tuple("/".join(self.segments[:n]) for n in range(count, 0, -1))

    def below(self, dataset_path: str) -> Place:
        """Read the rest of the address, raising AddressError if it has no meaning."""
        rest = self.segments[dataset_path.count("/") + 1 :]
        version = rest[0] if rest and _VERSION.match(rest[0]) else ""
        rest = rest[1:] if version else rest
        table, *keys = rest or ("",)
        if len(keys) > 1 and self.exact:
            raise AddressError("/".join(rest))
        key = "/".join(keys) if keys else None
        return Place(dataset_path, version, table, key)


def parse_address(path: str, *, exact: bool = True) -> Address:
    """Split a percent-encoded path under PREFIX.

    Raises AddressError for an empty segment (so for a slash at the end), for text that
    is not UTF-8, and for NUL, which no identifier can hold.
    """
    if not path.startswith(PREFIX):
        raise AddressError(path)
    try:
        segments = tuple(
            unquote(segment, errors="strict")
            for segment in path.removeprefix(PREFIX).split("/")
        )
    except UnicodeDecodeError as error:
        raise AddressError(path) from error
    if "" in segments or any("\0" in s for s in segments):
        raise AddressError(path)
    if len(segments) > _MOST_SEGMENTS and exact:
        raise AddressError(path)
    return Address(segments, exact)


def requested_address(environ: Mapping[str, object]) -> Address:
    """Take the address of a WSGI request, as the client wrote it where that is known.

    PEP 3333 has only the decoded path, in which %2F is a slash; gunicorn adds RAW_URI.
    """
    raw = environ.get("RAW_URI")
    if not isinstance(raw, str):
        decoded = str(environ.get("PATH_INFO", "")).encode("latin-1")
        return parse_address(quote(decoded), exact=False)
    path = raw.partition("?")[0] if raw.startswith("/") else urlsplit(raw).path
    return parse_address(path.removeprefix(str(environ.get("SCRIPT_NAME", ""))))
