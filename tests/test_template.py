"""A service made from the template is right from its first minute.

It is made in a copy of the repository, where it passes the checks, its own tests and
the repository's tests of every service.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from development import clean, postgres
from development.places import ROOT, SERVICES, variable

pytestmark = pytest.mark.slow
NAME = "trial_of_the_template"  # that no service will ever have
CHANGED_LINES = 80  # outside of its folder, at most
OF_EVERY_SERVICE = (
    *("structure", "faces", "delivery", "images", "settings", "documents"),
)
PATIENCE_SECONDS = 150.0


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


def environment(folder: Path) -> dict[str, str]:
    """Give the environment in which Python has the sources of the copy."""
    sources = [folder, *(folder / name / "src" for name in ("shared", NAME, *SERVICES))]
    sources += [folder / "tests"]
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COV", "DATABASE_", "DJANGO_", "SECRET_", "PYTEST_"))
    }
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(map(str, sources)),
    }


def run(folder: Path, *words: str) -> str:
    """Run Python in the copy, as `make` would."""
    outcome = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment(folder),
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
    of_others = " and ".join(f"not {name}" for name in SERVICES)

    assert "passed" in run(clone, "-m", "pytest", "-q", "-k", of_others, *tests)


def test_it_changes_few_lines_elsewhere(clone):
    counted = git(clone, "diff", "--numstat").splitlines()

    changes = [line.split("	")[:2] for line in counted]
    assert 0 < sum(int(added) + int(gone) for added, gone in changes) < CHANGED_LINES


@contextlib.contextmanager
def running(clone: Path, state: Path, ports: dict[str, int]) -> Iterator[None]:
    """Have `make run` going in the copy, until it is told to stop."""
    chosen = {variable(name, "PORT"): str(port) for name, port in ports.items()}
    with (state / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "development.run"],
            cwd=clone,
            env={
                **environment(clone),
                **chosen,
                "KADE_STATE": str(state),
                "WEB_WORKERS": "1",
            },
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
    except AssertionError as error:
        printed = (state / "log").read_text("utf-8", "replace")
        raise AssertionError(printed[-6000:]) from error
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        clean.remove_cluster(postgres.lasting_cluster(state))


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def test_it_is_served_and_listed_in_the_catalogue(clone, tmp_path):
    names = (*SERVICES, NAME)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    wanted = f"http://localhost:{ports[NAME]}/v1/openapi.json"
    listing = f"http://localhost:{ports['catalog_service']}/v1/apis?pageSize=100"
    listed: list[str] = []

    with running(clone, tmp_path, ports):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while wanted not in listed and time.monotonic() < deadline:
            time.sleep(0.5)
            with contextlib.suppress(httpx.TransportError):
                apis = httpx.get(listing).json().get("items", [])
                listed = [api["documentUrl"] for api in apis]

        assert wanted in listed
