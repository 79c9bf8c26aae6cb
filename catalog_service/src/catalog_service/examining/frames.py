"""How the service and its readers speak: a length, JSON, then bytes as they are."""

from __future__ import annotations

import json
import signal
import struct
from collections.abc import Callable, Sequence
from typing import Any

_HEAD = struct.Struct(">II")
# Nothing that is said here is longer: a document has ten megabytes.
MAX_FRAME = 200_000_000
# What ends a reader that worked too long (ITIMER_PROF); the service knows it by this.
OVERWORKED = signal.SIGPROF

Read = Callable[[int], bytes]


def pack(message: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """Return a frame."""
    sizes = [len(blob) for blob in blobs]
    text = json.dumps({**message, "sizes": sizes}, ensure_ascii=True).encode()
    return b"".join([_HEAD.pack(len(text), sum(sizes)), text, *blobs])


def unpack(read: Read) -> tuple[dict[str, Any], list[bytes]] | None:
    """Read a frame; nothing when the other side has gone, or sends too much."""
    head = read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    length, rest = _HEAD.unpack(head)
    if length + rest > MAX_FRAME:
        return None
    text, body = read(length), read(rest)
    if len(text) < length or len(body) < rest:
        return None
    message: dict[str, Any] = json.loads(text)
    blobs, start = [], 0
    for size in message["sizes"]:
        blobs.append(body[start : start + size])
        start += size
    return message, blobs
