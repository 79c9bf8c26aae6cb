"""Read a body up to a limit, and unpack it up to the same limit.

The unpacking is our own: a decoder that is handed the whole body unpacks the whole
bomb before anybody can count.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from .errors import BodyError, TooLargeError

_GZIP = 16 + zlib.MAX_WBITS
_BLOCK = 1 << 20
_PLAIN = frozenset({"", "identity"})
_GZIPPED = frozenset({"gzip", "x-gzip"})


def read_body(
    chunks: Iterable[bytes], *, encoding: str, length: str, max_bytes: int
) -> bytes:
    """Return the body, unpacked; raise TooLargeError or BodyError.

    `encoding` and `length` are the headers Content-Encoding and Content-Length.
    """
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise _too_large(max_bytes)
    name = encoding.strip().lower()
    if name in _PLAIN:
        return _gather(chunks, max_bytes)
    if name in _GZIPPED:
        return _gunzip(_gather(chunks, max_bytes), max_bytes)
    raise BodyError("the body is encoded; gzip or nothing was asked for")


def write_body(
    chunks: Iterable[bytes],
    file: BinaryIO,
    *,
    encoding: str,
    length: str,
    max_bytes: int,
) -> None:
    """Write the body, unpacked, as it comes; raise TooLargeError or BodyError."""
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise _too_large(max_bytes)
    name = encoding.strip().lower()
    if name not in _PLAIN | _GZIPPED:
        raise BodyError("the body is encoded; gzip or nothing was asked for")
    blocks = _unpack(chunks) if name in _GZIPPED else chunks
    left = max_bytes
    for block in blocks:
        left -= len(block)
        if left < 0:
            raise _too_large(max_bytes)
        file.write(block)


def _unpack(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack one gzip member block by block; each block is bounded."""
    member = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            packed = chunk
            while packed and not member.eof:
                yield member.decompress(packed, _BLOCK)
                packed = member.unconsumed_tail
    except zlib.error as error:
        raise BodyError("the body is not proper gzip") from error
    if not member.eof or member.unused_data:
        raise BodyError("the gzip body does not end where it should")


def _gather(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(body)


def _gunzip(packed: bytes, max_bytes: int) -> bytes:
    """Unpack one gzip member (RFC 1952 §2.2); more of them are refused."""
    member = zlib.decompressobj(_GZIP)
    try:
        body = member.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise BodyError("the body is not proper gzip") from error
    if len(body) > max_bytes:
        raise _too_large(max_bytes)
    if not member.eof or member.unused_data:
        raise BodyError("the gzip body does not end where it should")
    return body


def _too_large(max_bytes: int) -> TooLargeError:
    return TooLargeError(f"more than {max_bytes:,} bytes")
