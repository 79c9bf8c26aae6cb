"""Every service has the same face: the same addresses beside its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from house_rules import House

ROOT = Path(__file__).resolve().parent.parent
FACE = (
    "/",
    "/v1",
    "/.well-known/api-catalog",
    "/status/live",
    "/status/health",
    "/status/data",
    "/metrics",
    "/admin/",
)

PROGRAM = """
import json
import sys
import django
from django.conf import settings
from django.urls import Resolver404, resolve
from shared import settings as house
django.setup()

def resolves(address):
    try:
        return bool(resolve(address))
    except Resolver404:
        return False

print(json.dumps({
    "addresses": [each for each in sys.argv[1:] if resolves(each)],
    "middleware": settings.MIDDLEWARE == house.MIDDLEWARE_SHARED,
    "rest": settings.REST_FRAMEWORK == house.REST_FRAMEWORK,
    "apps": set(house.INSTALLED_APPS_SHARED) <= set(settings.INSTALLED_APPS),
    "no slash": settings.APPEND_SLASH is False,
}))
"""


@pytest.mark.parametrize("service", House(ROOT).services)
def test_it_has_the_face_of_the_house(service: str) -> None:
    face = ask(service, *FACE, "/nowhere")

    assert face.pop("addresses") == list(FACE)
    assert [name for name, same in face.items() if not same] == []


def ask(service: str, *addresses: str) -> dict[str, Any]:
    """Ask a service in a process of its own: Django takes one settings module."""
    outcome = subprocess.run(
        [sys.executable, "-c", PROGRAM, *addresses],
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
    return json.loads(outcome.stdout)
