"""The scripts and files that deliver a release are sound, as far as one can read."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from house_rules import House

ROOT = Path(__file__).resolve().parent.parent
HOUSE = House(ROOT)
SCRIPTS = sorted(
    path
    for folder in (".jenkins", ".swarm", "compose")
    for path in (ROOT / folder).iterdir()
    if path.read_text("utf-8").startswith("#!") or path.suffix == ".sh"
)
COMMANDS = [
    path for path in SCRIPTS if path.parent.name != "compose" and not path.suffix
]
STACKS = sorted((ROOT / ".swarm").glob("*.yml"))
SECRET = re.compile(r"(PASSWORD|SECRET|_KEY|DATABASE_URL|TOKEN)$")
ENVIRONMENTS = sorted((ROOT / ".swarm").glob("*.env"))
BUILT = {
    name: service
    for name, service in HOUSE.yaml("docker-compose.yml")["services"].items()
    if "build" in service
}
# What is released: images with a name without a tag.
RELEASED = {
    service["image"].removeprefix("kade/")
    for service in BUILT.values()
    if ":" not in service["image"]
}
# What .swarm/environment.sh sets by itself.
GIVEN = {"STACK", *(f"{name.upper()}_IMAGE" for name in RELEASED)}
LABELS = {
    f"org.opencontainers.image.{name}" for name in ("revision", "version", "source")
}
# What is said in public, and what the limits count by.
TOLD = {
    *("ORGANISATION_NAME", "CONTACT_NAME", "CONTACT_EMAIL", "CONTACT_URL"),
    "TRUSTED_PROXIES",
}
# Stands for Docker: the second service has no previous release.
DOCKER = """#!/usr/bin/env bash
echo "$*" >>"$CALLS"
case "$*" in
*"stack services"*) printf '%s\\n' kade_one kade_two ;;
*service*inspect*kade_one | *service*inspect*"$ALSO") echo "known key $SECRET" ;;
*"secret inspect key") ;;
*"secret inspect"*) exit 1 ;;
esac
"""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("script", COMMANDS, ids=name_of)
def test_it_says_how_it_is_used(script: Path) -> None:
    outcome = subprocess.run(
        [script, "--help"], capture_output=True, text=True, check=False
    )

    assert outcome.returncode == 0, outcome.stderr
    assert f"Usage: {name_of(script)}" in re.sub(r"[A-Z_]+=\S+ ", "", outcome.stdout)


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_it_stops_at_the_first_error(script: Path) -> None:
    text = script.read_text("utf-8")

    assert "set -euo pipefail\n" in text or "sourced, never run" in text.lower()


def test_it_pleases_shellcheck() -> None:
    shellcheck = shutil.which("shellcheck", path=f"{ROOT}/.venv/bin")
    if not shellcheck:
        pytest.skip("shellcheck is not installed")

    outcome = subprocess.run(
        [shellcheck, "--external-sources", *SCRIPTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=name_of)
@pytest.mark.parametrize("stack", STACKS, ids=name_of)
def test_it_fills_every_variable_of_a_stack(stack: Path, environment: Path) -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", stack.read_text("utf-8")))
    given = re.findall(r"^([A-Z_]+)=.", environment.read_text("utf-8"), re.MULTILINE)

    assert used <= {*GIVEN, *given}


def test_it_labels_every_image() -> None:
    for name, service in BUILT.items():
        assert service["build"]["labels"].keys() >= LABELS, name


def test_it_releases_an_image_by_the_name_it_is_built_by() -> None:
    assert {*HOUSE.services, "data_worker"} <= RELEASED <= BUILT.keys()


def test_it_tells_the_stages_what_is_released() -> None:
    told = subprocess.run(
        ["bash", "-c", '. .jenkins/stage.sh; echo "$IMAGES"'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert set(told.stdout.split()) == RELEASED


def test_it_makes_downloads_where_it_says_so() -> None:
    """The worker's image has what writes files, in compose and in every Swarm."""
    compose = HOUSE.yaml("docker-compose.yml")["services"]["data_worker"]
    stack = HOUSE.yaml(".swarm/services.yml")["services"]["data_worker"]

    assert compose["build"]["target"] == "worker"
    assert stack["image"] == "${DATA_WORKER_IMAGE}"
    for service in (compose, stack):
        assert "MAKE_DOWNLOADS" not in service["environment"]


def test_it_tells_every_service_who_publishes() -> None:
    services = HOUSE.yaml(".swarm/services.yml")["services"]

    for name, service in services.items():
        assert service["environment"].keys() >= TOLD, name
    registering = HOUSE.yaml(".swarm/migrations.yml")["services"]["catalog_migrations"]
    assert "ORGANISATION_NAME" in registering["environment"]


def test_it_gives_no_name_of_the_network_to_two_things() -> None:
    """Else a job of the migrations gets requests for the web, which are lost."""
    stacks = ("services", "migrations", "database")
    names = [n for s in stacks for n in HOUSE.yaml(f".swarm/{s}.yml")["services"]]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("also", "secret", "count"),
    [("kade_two", "key", 2), ("nothing", "key", 0), ("kade_two", "key.1", 0)],
    ids=["all", "unknown", "rotated"],
)
def test_it_rolls_back_all_services_or_none(
    tmp_path: Path, also: str, secret: str, count: int
) -> None:
    calls, docker = tmp_path / "calls", tmp_path / "docker"
    docker.write_text(DOCKER, "utf-8")
    docker.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"

    outcome = subprocess.run(
        [ROOT / ".swarm" / "rollback", "acceptance"],
        env={**os.environ, "PATH": path, "CALLS": str(calls), "ALSO": also}
        | {"SECRET": secret},
        capture_output=True,
        check=False,
    )

    assert calls.read_text("utf-8").count("service rollback") == count
    assert (outcome.returncode == 0) is (count == 2)


@pytest.mark.parametrize("path", ["docker-compose.yml", *map(name_of, STACKS)], ids=str)
def test_it_holds_no_secret(path: str) -> None:
    services = HOUSE.yaml(path)["services"].values()
    environment = [name for found in services for name in found.get("environment", {})]

    assert not [name for name in environment if SECRET.search(name)]


def test_it_adopts_every_one_shot() -> None:
    """`up --wait` takes the end of a container that nobody waits for as a failure."""
    services = HOUSE.yaml("docker-compose.yml")["services"]
    one_shots = {
        name for name, found in services.items() if found.get("restart", "no") == "no"
    }
    adopted = {
        name
        for found in services.values()
        for name, how in found.get("depends_on", {}).items()
        if how["condition"] == "service_completed_successfully"
    }

    assert one_shots
    assert one_shots <= adopted
