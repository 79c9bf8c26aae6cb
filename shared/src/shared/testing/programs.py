"""What programs of others are started with, by a test."""

from __future__ import annotations

import os


def unmeasured_environment() -> dict[str, str]:
    """Give our environment without what has coverage follow every line.

    For a program that runs none of our code: it would only be slower.
    """
    return {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("COVERAGE_PROCESS_")
    }
