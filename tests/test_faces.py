"""Every service has the same face: the same addresses beside its own."""

import os
import subprocess
import sys
from pathlib import Path

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

RESOLVE = """
import sys
import django
from django.urls import Resolver404, resolve
django.setup()
for address in sys.argv[1:]:
    try:
        resolve(address)
    except Resolver404:
        print("missing:", address)
"""
SETTINGS = """
import django
from django.conf import settings
from shared import settings as house
assert settings.MIDDLEWARE == house.MIDDLEWARE_SHARED
assert settings.REST_FRAMEWORK == house.REST_FRAMEWORK
assert set(house.INSTALLED_APPS_SHARED) <= set(settings.INSTALLED_APPS)
assert settings.APPEND_SLASH is False
"""


def run(service: str, program: str, *arguments: str) -> str:
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
    return outcome.stdout


@pytest.mark.parametrize("service", House(ROOT).services)
def test_it_has_the_addresses_of_the_house(service: str) -> None:
    assert "missing" not in run(service, RESOLVE, *FACE)


@pytest.mark.parametrize("service", House(ROOT).services)
def test_it_has_the_settings_of_the_house(service: str) -> None:
    run(service, SETTINGS)


@pytest.mark.parametrize("service", House(ROOT).services)
def test_it_misses_what_is_not_there(service: str) -> None:
    assert "missing: /nowhere" in run(service, RESOLVE, "/nowhere")
