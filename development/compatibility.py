"""Whether the code of the release before works on the schema of this one (ADR 0032).

Migrations run before the new code, while the old one serves; and a release that goes
back leaves the schema. So the old code's own tests run here, on a database that the new
migrations made.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from development import postgres
from development.databases import ensure_database
from development.errors import DevelopmentError, finish
from development.places import PYTHON, ROOT, SERVICES

# What a client may rely on; the other tests know more of the inside than a schema owes.
TESTS = "contract"
PLUGINS = ROOT / "development" / "before"


def main() -> int:
    """Check against a revision; else the last tag, or else the commit before."""
    before = sys.argv[1] if sys.argv[1:] else _before()
    if not before:
        print("check-migrations: skipped, there is no earlier commit in this clone")
        return 0
    services = [name for name in SERVICES if _has_new_schema(name, before)]
    print(f"Against {before}: {', '.join(services) or 'the schema is the same'}")
    if not services:
        return 0
    with _checked_out(before) as old, postgres.passing() as server:
        return max(_test(name, old, server, sys.argv[2:]) for name in services)


def _before() -> str:
    """Name the release before: every commit of main is one, unless there are tags."""
    tag = _git("describe", "--tags", "--abbrev=0", "HEAD^")
    return tag or _git("rev-parse", "--short", "--verify", "HEAD^")


def _has_new_schema(service: str, before: str) -> bool:
    folders = (f"{service}/src/*/migrations/*", "shared/src/*/migrations/*")
    changed = _git("diff", "--name-only", before, "HEAD", "--", *folders)
    return bool(changed) and bool(_git("ls-tree", before, service))


@contextlib.contextmanager
def _checked_out(revision: str) -> Iterator[Path]:
    """Give a folder with the files of a revision."""
    with tempfile.TemporaryDirectory(prefix="kade-before-") as folder:
        packed = subprocess.run(
            ["git", "archive", revision], cwd=ROOT, capture_output=True, check=False
        )
        if packed.returncode:
            raise DevelopmentError(f"There is no revision '{revision}' in this clone.")
        unpack = ["tar", "--extract", "--directory", folder]
        subprocess.run(unpack, input=packed.stdout, check=True)
        yield Path(folder)


def _test(service: str, old: Path, server: postgres.Server, words: list[str]) -> int:
    """Migrate with the new code, and run the old one's tests on what that made."""
    print(f"===== {service} =====", flush=True)
    for name in (service, f"test_{service}"):
        ensure_database(server.cluster.url(name), "PostgreSQL")
    environment = {
        **os.environ,
        "SECRET_KEY": "only the tests know this one, which is long enough",
        "DJANGO_SETTINGS_MODULE": f"{service}.settings",
    }
    migrated = subprocess.run(
        [str(PYTHON), f"{service}/manage.py", "migrate", "--noinput", "--verbosity=0"],
        cwd=ROOT,
        env={**environment, "DATABASE_URL": server.cluster.url(f"test_{service}")},
        check=False,
    )
    if migrated.returncode:
        return migrated.returncode
    sources = (f"{service}/tests", "shared/src", f"{service}/src", ".")
    paths = [str(old / path) for path in sources]
    environment["PYTHONPATH"] = os.pathsep.join([*paths, str(PLUGINS)])
    environment["DATABASE_URL"] = server.cluster.url(service)
    tests = str(old / service / "tests" / TESTS)
    pytest = [str(PYTHON), "-m", "pytest", "-q", "-n0", "--reuse-db", "-p", "cascading"]
    pytest += [tests, *words]
    return subprocess.run(pytest, cwd=old, env=environment, check=False).returncode


def _git(*words: str) -> str:
    """Give what git says; nothing when it fails."""
    done = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    finish(main)
