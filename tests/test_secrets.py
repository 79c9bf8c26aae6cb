"""No service boots in production with a secret that stands in the repository."""

import ast
import os
import re
import subprocess
import sys

import pytest
from house_rules import House

from development.places import ROOT, SERVICES
from shared.settings import DEVELOPMENT_SECRET

HOUSE = House(ROOT)
DATABASE = {"DATABASE_URL": "postgresql://nobody@nowhere/nothing"}
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL")
KEPT = ("PATH", "PYTHONPATH", "HOME")
# What needs no value of its own, with the reason.
HARMLESS = {
    "ROWS_DATABASE_URL": "empty is DATABASE_URL",
}


def boot(service: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Load a service as a WSGI server does, with these variables and no other."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"import {service}.wsgi"],
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ({}, "SECRET_KEY is not set and DEBUG is off"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET}, "SECRET_KEY is the one for development"),
        ({"SECRET_KEY": "short", "DEBUG": "false"}, "SECRET_KEY has 5 characters"),
    ],
)
def test_it_refuses_to_boot(service, secret, said):
    refused = boot(service, **DATABASE, **secret)

    assert refused.returncode != 0
    assert said in refused.stderr
    assert "random characters" in refused.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_it_boots_with_a_key_of_its_own(service):
    booted = boot(service, **DATABASE, SECRET_KEY="a key of this test, which is long")

    assert booted.returncode == 0, booted.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_it_has_no_default_for_a_secret(service):
    """Without anything set it asks for each secret that it reads, by name."""
    refused = boot(service)

    asked = set(re.findall(r"- (\w+) is not set", refused.stderr))
    secrets = {name for name in names_read(service) if SECRET.search(name)}
    assert {"SECRET_KEY", "DATABASE_URL"} <= secrets
    assert secrets - HARMLESS.keys() <= asked


@pytest.mark.parametrize("service", SERVICES)
def test_its_image_has_no_development_left(service):
    """What stands in the image's environment neither turns DEBUG on nor holds a key."""
    dockerfile = HOUSE.text(f"{service}/Dockerfile").replace("\\\n", " ")
    given = " ".join(re.findall(r"^(?:ENV|ARG) (.*)", dockerfile, re.MULTILINE))

    assert "DEBUG" not in given
    assert not SECRET.search(given)


def names_read(service: str) -> set[str]:
    """Give the names of the variables that the settings read."""
    tree = (ROOT / service / "src" / service / "settings.py").read_text("utf-8")
    tree += (ROOT / "shared/src/shared/service_settings.py").read_text("utf-8")
    calls = (node for node in ast.walk(ast.parse(tree)) if isinstance(node, ast.Call))
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
