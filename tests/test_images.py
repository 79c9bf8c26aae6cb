"""The images are made in the same way, and hold no more than they need."""

import re

import pytest
from house_rules import House

from development.places import ROOT, SERVICES

HOUSE = House(ROOT)
COMMON = ("builder", "base", "static", "service")
RUNNING = ("service", "worker", "demo")
SERVERS = ("postgres",)  # of others


def stages(service: str) -> dict[str, str]:
    """Give the instructions of each stage, the service's own words left out."""
    text = HOUSE.text(f"{service}/Dockerfile")
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r'\.(title|description)="[^"]*"', r'.\1=""', text)
    parts = re.split(r"^(FROM \S+ AS (\S+)\n)", text, flags=re.MULTILINE)[1:]
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return {
        name: (head + body).replace(service, "SERVICE").strip()
        for head, name, body in triples
    }


@pytest.mark.parametrize("stage", COMMON)
@pytest.mark.parametrize("service", SERVICES)
def test_it_has_the_stage_of_all_services(service: str, stage: str) -> None:
    first = next(iter(SERVICES))

    assert stages(service)[stage] == stages(first)[stage]


@pytest.mark.parametrize("service", SERVICES)
def test_it_installs_what_is_locked_only(service: str) -> None:
    text = HOUSE.text(f"{service}/Dockerfile").replace("\\\n", " ")

    commands = re.findall(r"\bpip (?:--\S+ \S+ )?install .*", text)

    assert len(commands) > 2
    for command in commands:
        assert "--require-hashes" in command or "--no-deps wheels/" in command, command


@pytest.mark.parametrize("service", SERVICES)
def test_it_runs_without_what_built_it(service: str) -> None:
    found = stages(service)

    for name in set(RUNNING) & set(found):
        assert found[name].startswith("FROM base AS "), name
        assert "USER 10001:10001" in found[name], name
        assert "pip" not in found[name], name
    assert "apt-get" not in "".join(found.values())


def test_it_cannot_write_beside_its_code() -> None:
    """Each container of ours has a read-only root, no rights, and time to stop."""
    services = HOUSE.yaml("docker-compose.yml")["services"]
    ours = [each for each in services.values() if "build" in each]

    assert ours
    for each in ours:
        assert each["read_only"] is True
        assert each["cap_drop"] == ["ALL"]
        assert each["init"] is True
        assert each["stop_grace_period"] == "35s"


def test_it_gives_every_container_the_same_time_to_be_well() -> None:
    """It stands in the images alone; compose and the Swarm say no other."""
    times = {
        re.sub(r"\s+CMD .*", "", check)
        for service in SERVICES
        for check in re.findall(
            r"^HEALTHCHECK (--.*)", HOUSE.text(f"{service}/Dockerfile"), re.MULTILINE
        )
    }

    assert len(times) == 1
    for path in ("docker-compose.yml", ".swarm/services.yml"):
        for name, each in HOUSE.yaml(path)["services"].items():
            if name not in SERVERS:
                assert each.get("healthcheck", {}).keys() <= {"test", "disable"}, name


def test_it_asks_every_worker_for_its_heartbeat() -> None:
    for path in ("docker-compose.yml", ".swarm/services.yml"):
        for name, each in HOUSE.yaml(path)["services"].items():
            if name.endswith("_worker"):
                command = ["CMD", "python", "-m", "shared.workers.health"]
                assert each["healthcheck"]["test"] == command
    for service in SERVICES:
        assert "WORKER_HEARTBEAT_FILE=" in stages(service)["base"]
