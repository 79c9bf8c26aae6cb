"""The document of a version, as it came in or written in the other form."""

from __future__ import annotations

from functools import lru_cache

from catalog_service import examining
from catalog_service.documents import JSON

from .versions import Version

# A version never changes, so what was written once can be handed out again.
_KEPT = 16
# Writing readable YAML takes a second for each megabyte. JSON is YAML too (YAML 1.2.2
# §1.1), and nobody reads that much.
_MOST_READ = 1_000_000


def written_as(version: Version, media_type: str) -> bytes:
    """Return the document byte for byte, or converted when it came in otherwise."""
    if version.media_type == media_type:
        return bytes(version.raw)
    is_long = len(version.raw) > _MOST_READ
    return _converted(_Handle(version), JSON if is_long else media_type)


def with_servers(version: Version) -> bytes:
    """Return the document as JSON, its servers leading to the API from everywhere."""
    return _with_servers(_Handle(version))


class _Handle:
    """A version as the key of a cache: the same when its id is the same."""

    def __init__(self, version: Version) -> None:
        self.version = version

    def __hash__(self) -> int:
        return hash(self.version.pk)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Handle) and other.version.pk == self.version.pk


@lru_cache(maxsize=_KEPT)
def _converted(handle: _Handle, media_type: str) -> bytes:
    return examining.convert(bytes(handle.version.raw), media_type)


@lru_cache(maxsize=_KEPT)
def _with_servers(handle: _Handle) -> bytes:
    version = handle.version
    return examining.with_servers(bytes(version.raw), version.url)
