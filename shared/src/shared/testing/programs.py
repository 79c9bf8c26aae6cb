"""What programs are started with, by a test."""

from __future__ import annotations

import os


def unmeasured_environment() -> dict[str, str]:
    """Give our environment without what has coverage follow every line.

    For a program of which a test only asks that it does its work: it is slower with it,
    the more so the more processes it starts.
    """
    return {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("COVERAGE_PROCESS_")
    }
