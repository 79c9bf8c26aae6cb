"""Say whether this machine's worker lives: the health check of its container.

`python -m shared.workers.health` reads one file. It starts no Django, which takes a
busy machine longer than a check may take.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from shared.workers.heartbeat import MAX_AGE, age_of

VARIABLE = "WORKER_HEARTBEAT_FILE"


def find_fault(name: str) -> str | None:
    """Tell what is wrong with the worker that touches that file, if anything."""
    if not name:
        return f"{VARIABLE} is not set: set it to the file that the worker touches"
    age = age_of(Path(name))
    if age is None:
        return f"no worker has run here: there is no {name}"
    if age > MAX_AGE:
        return f"the worker was last seen {age:.0f} s ago"
    return None


if __name__ == "__main__":
    sys.exit(find_fault(os.environ.get(VARIABLE, "")))
