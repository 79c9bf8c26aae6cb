"""The reader's own process: takes a task, answers, waits for the next.

It has little memory, ends by itself when a task takes too long, and knows nothing of
the service: no settings, no database, no secret of the environment.
"""

from __future__ import annotations

import resource
import signal
import sys
from typing import Any, BinaryIO

from catalog_service.documents import DocumentError

from .frames import pack, unpack
from .tasks import TASKS

MAX_MEMORY = 1_500_000_000
# The parent ends a reader first; this is for a parent that is no more.
_GRACE = 2


def main() -> int:
    """Do tasks until nobody sends any."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests one after the other."""
    while (request := unpack(requests.read)) is not None:
        message, blobs = request
        signal.setitimer(signal.ITIMER_PROF, message["seconds"])
        signal.alarm(int(message["patience"]) + _GRACE)
        reply, blob = _answer(message, blobs)
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(pack(reply, [blob]))
        answers.flush()


def _answer(
    message: dict[str, Any], blobs: list[bytes]
) -> tuple[dict[str, Any], bytes]:
    try:
        value, blob = TASKS[message["task"]](*blobs, **message["arguments"])
    except DocumentError as error:
        return _refusal(error), b""
    except (MemoryError, RecursionError):
        return {"refused": "OverLimitsError", "reason": "too complex to read"}, b""
    return {"value": value}, blob


def _refusal(error: DocumentError) -> dict[str, Any]:
    return {
        "refused": type(error).__name__,
        "reason": error.reason,
        "line": error.line,
        "column": error.column,
    }


if __name__ == "__main__":
    sys.exit(main())
