"""The processors that a service may use, and keeping one of its processes to one.

A process, and so what it starts, inherits what it is kept to. This module is imported
before any is, by the process that starts the others.
"""

from __future__ import annotations

import os
import sys

# None on a system that does not tell.
PROCESSORS: list[int] = (
    sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
)


def keep_to(processor: int) -> None:
    """Keep this process, with the threads that it begins, to a processor.

    Raises OSError where that is not allowed.
    """
    os.sched_setaffinity(0, {processor})


def set_free(pid: int) -> None:
    """Let a process that a kept one has just started use all that the service may.

    Raises OSError where that is not allowed, and where the process has ended.
    """
    if PROCESSORS and os.sched_getaffinity(pid) != set(PROCESSORS):
        os.sched_setaffinity(pid, PROCESSORS)
