"""`make check`: everything a machine can say about the code without running it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from development import locks
from development.errors import finish
from development.places import PYTHON, ROOT, SERVICES, VENV

# Never connected to: what is checked needs no database.
NO_DATABASE = "postgresql://nobody@%2Fnowhere/none"


@dataclass(frozen=True)
class Check:
    """One command that finds nothing wrong, or says what."""

    name: str
    arguments: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict)
    cure: str = ""


def checks(services: Sequence[str]) -> list[Check]:
    """List the checks of these services and of all files, the slowest first."""
    return [
        *(_types(service) for service in services),
        *(_migrations(service) for service in services),
        Check("imports", (str(VENV / "bin" / "lint-imports"), "--no-cache")),
        Check("format", ("-m", "ruff", "format", "--check", "."), cure="make fmt"),
        Check("lint", ("-m", "ruff", "check", "."), cure="make fmt"),
    ]


def main() -> int:
    """Run every check, two at once, and tell of all that fail.

    With names of services as arguments, the types and migrations of these alone.
    """
    services = sys.argv[1:] or list(SERVICES)
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(_run, checks(services)))
    stale = locks.stale_locks()
    for path in stale:
        print(f"{path} is not what its sources ask for: make lock")
    failed = [outcome for outcome in outcomes if not outcome]
    return int(bool(failed or stale))


def _types(service: str) -> Check:
    """Check types per service: Django's plugin reads one settings module a run."""
    targets = ("shared/src", f"{service}/src")
    extra = ("development",) if service == next(iter(SERVICES)) else ()
    command = ("-m", "mypy", "--cache-dir", f".mypy_cache/{service}", *targets, *extra)
    variables = {**_variables(service), "MYPYPATH": ":".join(targets)}
    return Check(f"types of {service}", command, variables)


def _migrations(service: str) -> Check:
    command = ("-W", "ignore", f"{service}/manage.py", "makemigrations")
    return Check(
        f"migrations of {service}",
        (*command, "--check", "--dry-run"),
        _variables(service),
        cure=f"make console ARGS='{service} makemigrations'",
    )


def _variables(service: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": f"{service}.settings",
        "DATABASE_URL": NO_DATABASE,
        "DEBUG": "true",
    }


def _run(check: Check) -> bool:
    outcome = subprocess.run(
        [str(PYTHON), *check.arguments],
        cwd=ROOT,
        env={**os.environ, **check.variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if outcome.returncode == 0:
        print(f"{check.name}: well", flush=True)
        return True
    cure = f" Mend it with: {check.cure}" if check.cure else ""
    print(f"{check.name}: wrong.{cure}\n{outcome.stdout}", flush=True)
    return False


if __name__ == "__main__":
    finish(main)
