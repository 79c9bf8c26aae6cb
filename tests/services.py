"""Programs that run with the settings of one service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any


def ask_service(service: str, program: str, *arguments: str) -> dict[str, Any]:
    """Give the JSON that a program prints with the settings of a service.

    It runs in a process of its own, for Django takes one settings module, and without
    a database.
    """
    outcome = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": f"{service}.settings",
            "DATABASE_URL": "postgresql://nobody@nowhere/nothing",
            "SECRET_KEY": "only the tests know this one, which is long enough",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    found: dict[str, Any] = json.loads(outcome.stdout)
    return found
