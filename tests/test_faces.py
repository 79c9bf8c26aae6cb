"""Every service has the same face: the same addresses beside its own."""

from pathlib import Path

import pytest
from house_rules import House
from services import ask_service

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
    face = ask_service(service, PROGRAM, *FACE, "/nowhere")

    assert face.pop("addresses") == list(FACE)
    assert [name for name, same in face.items() if not same] == []
