"""A service made from the template is right from its first minute.

It is made in a copy of the repository, where it passes the checks, its own tests and
the repository's tests of every service.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from development.places import ROOT, SERVICES

pytestmark = pytest.mark.slow
NAME = "parking"
CHANGED_LINES = 80  # outside of its folder, at most
OF_EVERY_SERVICE = ("structure", "faces", "delivery", "settings", "documents")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the repository in which the service was made."""
    folder = tmp_path_factory.mktemp("clone")
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard")
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    run(folder, "-m", "development.new_service", NAME)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def git(folder: Path, *words: str) -> str:
    outcome = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    if outcome.returncode:
        pytest.skip(f"git cannot be used here: {outcome.stderr}")
    return outcome.stdout


def run(folder: Path, *words: str) -> str:
    """Run Python in the copy, with its sources, as `make` would."""
    sources = [folder, *(folder / name / "src" for name in ("shared", NAME, *SERVICES))]
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COV", "DATABASE_", "DJANGO_", "SECRET_", "PYTEST_"))
    }
    outcome = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**inherited, "PYTHONPATH": os.pathsep.join(map(str, sources))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout[-6000:] + outcome.stderr[-2000:]
    return outcome.stdout


def test_it_passes_the_checks(clone):
    printed = run(clone, "-m", "development.check", NAME)

    assert f"types of {NAME}: well" in printed
    assert f"migrations of {NAME}: well" in printed


def test_it_passes_its_own_tests(clone):
    printed = run(clone, "-m", "development.test", f"{NAME}/tests", "-q", "-n0")

    assert "passed" in printed


def test_it_keeps_the_rules_of_the_house(clone):
    tests = [f"tests/test_{name}.py" for name in OF_EVERY_SERVICE]

    assert "passed" in run(clone, "-m", "development.test", *tests, "-q", "-n0")


def test_it_changes_few_lines_elsewhere(clone):
    counted = git(clone, "diff", "--numstat").splitlines()

    changes = [line.split("	")[:2] for line in counted]
    assert 0 < sum(int(added) + int(gone) for added, gone in changes) < CHANGED_LINES


def test_it_is_run_with_the_others(clone):
    port = max(service.port for service in SERVICES.values()) + 1
    compose = yaml.safe_load((clone / "docker-compose.yml").read_text("utf-8"))
    sources = compose["services"]["catalog_worker"]["environment"]["SOURCES"]

    assert f"http://localhost:${{PARKING_PORT:-{port}}}" in sources
    assert {NAME, "parking_worker", "parking_migrations"} <= set(compose["services"])
    assert f'"{NAME}": Service' in (clone / "development/places.py").read_text("utf-8")
