"""The wheels that the images install hold everything, and work without the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from development.places import PACKAGES, SERVICES

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
NOT_PACKED = shutil.ignore_patterns("*.egg-info", "__pycache__", "build")

RENDER = """
import sys
import django
from django.conf import settings
django.setup()
import shared
from django.contrib.staticfiles import finders
from django.test import Client
assert shared.__file__.startswith(sys.argv[1]), shared.__file__
assert finders.find("shared/kade.css").startswith(sys.argv[1])
page = Client(SERVER_NAME="localhost").get("/nowhere", headers={"accept": "text/html"})
assert page.status_code == 404, page.status_code
print(page.content.decode())
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("wheels")
    return {name: build(name, folder / name) for name in PACKAGES}


@pytest.fixture(scope="module")
def site(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheels installed, dependencies left to the environment."""
    target = tmp_path_factory.mktemp("installed_wheels")  # left out of the coverage
    run(
        UV,
        "pip",
        "install",
        "--offline",
        "--no-deps",
        "--target",
        target,
        *wheels.values(),
    )
    return target


def build(name: str, folder: Path) -> Path:
    """Build a wheel from a copy: building writes beside the sources."""
    shutil.copytree(ROOT / name, folder / "source", ignore=NOT_PACKED)
    run(
        *(UV, "build", "--wheel", "--offline", "--no-build-isolation", "--quiet"),
        *("--python", sys.executable, "--out-dir", folder, folder / "source"),
    )
    return next(folder.glob("*.whl"))


def run(*command: str | Path, **variables: str) -> str:
    outcome = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


@pytest.mark.parametrize("name", PACKAGES)
def test_it_packs_every_file(wheels: dict[str, Path], name: str) -> None:
    source = wheels[name].parent / "source" / "src"
    files = {
        str(path.relative_to(source))
        for path in (source / name).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    packed = set(zipfile.ZipFile(wheels[name]).namelist())

    assert files
    assert files - packed == set()


@pytest.mark.parametrize("service", SERVICES)
def test_it_renders_a_page(site: Path, service: str) -> None:
    printed = run(
        *(sys.executable, "-c", RENDER, site),
        PYTHONPATH=str(site),
        DJANGO_SETTINGS_MODULE=f"{service}.settings",
        DATABASE_URL="postgresql://nobody@nowhere/nothing",
        SECRET_KEY="only the tests know this one, which is long enough",
    )

    assert "<main" in printed
