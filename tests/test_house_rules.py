"""Each rule of the house lets a sound tree pass and catches the fault it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from house_rules import RULES, House, breaches

BY_NAME = {check.__name__: check for check in RULES}

COMPOSE = """
services:
  postgres: {image: "postgres:18"}
  parking:
    environment: {PUBLIC_URL: "http://localhost:8002"}
  catalog_service:
    environment:
      PUBLIC_URL: http://localhost:8000
      SOURCES: http://localhost:8000,http://localhost:8002
"""
STACK = COMPOSE.replace('postgres: {image: "postgres:18"}', "other: {}")
DOCKERFILE = """FROM python AS builder
RUN make-it
FROM python AS service
COPY --from=builder /venv /venv
HEALTHCHECK --interval=5s \\
    CMD ["python", "-c", "ask('/status/live')"]
USER 10001
"""
JENKINSFILE = """
sh '.jenkins/checkout'
sh '.jenkins/check'
sh '.jenkins/test'
sh '.jenkins/check-contract'
sh '.jenkins/deploy acceptance'
input message: 'To production?'
sh '.jenkins/deploy production'
"""
SERVICE = {
    "README.md": "# A service\n",
    "manage.py": "",
    "setup.py": "",
    "requirements.txt": "# lock\ndjango==5.2 \\\n    --hash=sha256:00\n",
    "Dockerfile": DOCKERFILE,
    ".dockerignore": "# deny\n*\n!src\n",
    "tests/unit/test_it.py": "",
    "tests/integration/test_it.py": "",
    "tests/contract/test_it.py": "",
}
ROOT_FILES = {
    "README.md": "Needs PostgreSQL 18.\n",
    "LICENSE": "Mozilla Public License Version 2.0\n",
    "docker-compose.yml": COMPOSE,
    ".gitignore": ".venv/\n",
    "Jenkinsfile": JENKINSFILE,
    "Makefile": "SERVICES := catalog_service parking\n",
    "shared/.dockerignore": "*\n!src\n",
    ".swarm/services.yml": STACK,
    ".swarm/acceptance.yml": STACK,
    ".swarm/production.yml": STACK,
    ".swarm/database.yml": "services: {postgres: {image: 'postgres:18'}}\n",
    **{
        f".jenkins/{name}": ""
        for name in ("checkout", "check", "test", "check-contract", "deploy")
    },
}

# The rule, the file that is changed, and what is replaced by what; None: it is removed.
FAULTS = [
    ("opens_with_a_readme", "README.md", None),
    ("opens_with_a_readme", "parking/README.md", None),
    ("is_free", "LICENSE", ("Mozilla", "Godzilla")),
    ("has_a_folder_per_service", "parking/src/parking/urls.py", None),
    ("has_a_folder_per_service", "parking/deeper/manage.py", ("", "")),
    ("keeps_tests_apart", "parking/tests/contract/test_it.py", None),
    ("keeps_tests_apart", "parking/src/parking/test_it.py", ("", "")),
    ("installs_from_locks", "parking/setup.py", None),
    ("installs_from_locks", "parking/requirements.txt", (" \\\n    --hash", "\n# ")),
    ("has_what_delivery_needs", ".gitignore", None),
    ("has_what_delivery_needs", "Jenkinsfile", None),
    ("has_what_delivery_needs", ".swarm/production.yml", None),
    ("builds_in_stages", "parking/Dockerfile", None),
    ("builds_in_stages", "parking/Dockerfile", (" AS builder", "")),
    ("builds_in_stages", "parking/Dockerfile", ("--from=builder ", "")),
    ("runs_without_rights", "parking/Dockerfile", ("USER 10001", "USER 0:0")),
    ("runs_without_rights", "parking/Dockerfile", ("USER 10001", "")),
    ("runs_without_rights", "parking/Dockerfile", ("/status/live", "/")),
    ("lets_in_by_name", "parking/.dockerignore", None),
    ("lets_in_by_name", "shared/.dockerignore", ("*\n", "tests\n")),
    ("lets_in_by_name", "shared/.dockerignore", ("!src", "")),
    ("delivers_every_service", "docker-compose.yml", ("parking:", "other:")),
    ("delivers_every_service", ".swarm/acceptance.yml", ("parking:", "other:")),
    ("delivers_every_service", "Makefile", (" parking", "")),
    ("holds_no_logic_in_the_pipeline", "Jenkinsfile", ("/test'", "/test && true'")),
    ("holds_no_logic_in_the_pipeline", "Jenkinsfile", ("sh '.jenkins/test'", "")),
    ("holds_no_logic_in_the_pipeline", ".jenkins/deploy", None),
    ("asks_a_person_before_production", "Jenkinsfile", ("input", "echo")),
    ("asks_a_person_before_production", "Jenkinsfile", ("acceptance", "somewhere")),
    ("shows_every_api", "parking/src/parking/urls.py", ("openapi", "docs")),
    ("shows_every_api", "docker-compose.yml", (",http://localhost:8002", "")),
    ("shows_every_api", ".swarm/services.yml", (",http://localhost:8002", "")),
    ("has_one_postgresql", "docker-compose.yml", ("postgres:18", "postgres:17")),
    ("has_one_postgresql", "docker-compose.yml", ("postgres:18", "mariadb:11")),
    ("has_one_postgresql", "README.md", ("PostgreSQL 18", "PostgreSQL 17")),
    ("has_one_postgresql", "parking/src/parking/settings.py", ("", "sqlite3")),
]


@pytest.fixture
def house(tmp_path: Path) -> House:
    for path, text in ROOT_FILES.items():
        write(tmp_path / path, text)
    for service in ("catalog_service", "parking"):
        for path, text in SERVICE.items():
            write(tmp_path / service / path, text)
        write(tmp_path / service / "src" / service / "urls.py", "openapi api-catalog")
    return House(tmp_path)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def change(path: Path, fault: tuple[str, str] | None) -> None:
    """Replace text in a file, make it, or remove it and an empty folder it leaves."""
    if fault is not None:
        text = path.read_text("utf-8") if path.exists() else ""
        write(path, text.replace(*fault) if text else fault[1])
        return
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


@pytest.mark.parametrize("name", BY_NAME)
def test_it_lets_a_sound_tree_pass(house: House, name: str) -> None:
    assert breaches(BY_NAME[name], house) == ""


@pytest.mark.parametrize(("name", "path", "fault"), FAULTS)
def test_it_catches_the_fault(
    house: House, name: str, path: str, fault: tuple[str, str] | None
) -> None:
    change(house.root / path, fault)

    assert breaches(BY_NAME[name], house).startswith(BY_NAME[name].__doc__ or "?")


def test_it_has_a_fault_for_every_rule() -> None:
    assert {name for name, _, _ in FAULTS} == set(BY_NAME)


def test_it_finds_no_service_in_an_empty_tree(tmp_path: Path) -> None:
    found = breaches(BY_NAME["has_a_folder_per_service"], House(tmp_path))

    assert "no folder at the root has a manage.py" in found
