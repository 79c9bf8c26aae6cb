"""A file that a living worker touches, and that its container's health check reads.

The database is not asked: when it is away, restarting the workers helps nobody.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

MAX_AGE = 30.0


def beat(path: Path) -> None:
    """Touch the file; a link put in its place is not followed."""
    flags = os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    try:
        os.utime(descriptor)
    finally:
        os.close(descriptor)


def age_of(path: Path) -> float | None:
    """Return the seconds since the last beat, or None when there was none."""
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except OSError:
        return None
