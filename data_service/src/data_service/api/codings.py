"""Content codings: what an answer is compressed with, whole or as it streams.

The coding that a client wants is part of the entity tag (RFC 9110 §8.8.3): the same
rows in another coding are other bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol

from backports import zstd
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

# In bytes. What fits into one packet arrives no sooner when it is smaller.
SMALLEST_BODY = 1400
_GZIP_LEVEL = 4  # two thirds of the time of 6, for a twentieth more bytes
_ZSTD_LEVEL = 1  # as small as gzip, in a quarter of its time
_WITH_GZIP_HEADER = 31  # zlib's word for a window of 32 kB in a gzip file
_MAX_LENGTH = 500


class Compressor(Protocol):
    """Takes bytes, and gives what is finished of their compressed form."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


def _gzip() -> Compressor:
    return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _WITH_GZIP_HEADER)


def _zstd() -> Compressor:
    return zstd.ZstdCompressor(_ZSTD_LEVEL)


# The first is preferred where the client has no wish.
CODINGS: Mapping[str, Callable[[], Compressor]] = {"zstd": _zstd, "gzip": _gzip}


def wanted_coding(request: HttpRequest) -> str:
    """Give the coding that the client wants most; "" for none."""
    return _wanted(request.META.get("HTTP_ACCEPT_ENCODING", "")[:_MAX_LENGTH])


def variant(etag: str, coding: str) -> str:
    """Give the entity tag of an answer in a coding."""
    return f'{etag[:-1]}-{coding}"' if coding else etag


def encode(response: HttpResponseBase, coding: str) -> None:
    """Compress the body of an answer, unless it is small or compressed already."""
    if not coding or response.has_header("Content-Encoding"):
        return
    if isinstance(response, StreamingHttpResponse):
        chunks: Iterable[bytes] = response.streaming_content  # type: ignore[assignment]
        response.streaming_content = _stream(chunks, CODINGS[coding]())
    elif isinstance(response, HttpResponse) and len(response.content) >= SMALLEST_BODY:
        compressor = CODINGS[coding]()
        response.content = compressor.compress(response.content) + compressor.flush()
    else:
        return
    response.headers["Content-Encoding"] = coding


def _stream(chunks: Iterable[bytes], compressor: Compressor) -> Iterator[bytes]:
    """Compress chunk by chunk; a stream that breaks off has no end to its coding."""
    for chunk in chunks:
        if compressed := compressor.compress(chunk):
            yield compressed
    yield compressor.flush()


@lru_cache(maxsize=128)
def _wanted(header: str) -> str:
    """Read Accept-Encoding (RFC 9110 §12.5.3); a part that cannot be read is absent."""
    weights = dict(map(_weigh, header.lower().split(",")))
    others = weights.get("*", 0.0)
    wishes = {coding: weights.get(coding, others) for coding in CODINGS}
    best = max(wishes, key=wishes.__getitem__)
    plain = weights.get("identity", 0.0)
    return best if wishes[best] > 0 and wishes[best] >= plain else ""


def _weigh(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    weight = parameter.strip().removeprefix("q=") or "1"
    digits = weight.replace(".", "", 1)
    readable = digits.isascii() and digits.isdigit() and len(weight) <= 5
    return name.strip(), min(float(weight), 1.0) if readable else 0.0
