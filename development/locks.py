"""The lock files: made by `make lock`, proved fresh by `make check` without network.

One resolution of everything is `constraints.txt`; each lock is compiled under it, so
a package has the same version everywhere. A lock's first line carries a hash of what
it was made from.
"""

import ast
import hashlib
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from development.errors import DevelopmentError, finish
from development.installing import uv_environment
from development.places import ROOT, SERVICES, UV

DEVELOPMENT = "requirements-dev.in"
SHARED = "shared/setup.py"  # its requirements come along with the services'
OVERRIDES = "overrides.txt"  # a local path cannot stand in a lock with hashes
PYTHON_VERSION = "3.11"
MARK = "# inputs: sha256:"


@dataclass(frozen=True)
class Lock:
    """One file that `uv pip compile` makes, relative to the root."""

    path: str
    sources: tuple[str, ...]
    extras: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ("constraints.txt",)
    hashed: bool = True


def locks_of(services: Iterable[str]) -> tuple[Lock, ...]:
    """List the locks of these services, what they share and development."""
    names = tuple(services)
    setups = tuple(f"{package}/setup.py" for package in ("shared", *names))
    everything, extras = (*setups, DEVELOPMENT), ("demo", "files")
    return (
        Lock("constraints.txt", everything, extras, constraints=(), hashed=False),
        Lock("shared/requirements.txt", ("shared/setup.py",)),
        Lock("shared/requirements-build.txt", ("shared/requirements-build.in",)),
        *(Lock(f"{name}/requirements.txt", (f"{name}/setup.py",)) for name in names),
        Lock(
            "data_service/requirements-demo.txt",
            ("data_service/setup.py",),
            extras=("demo",),
        ),
        Lock(
            "data_service/requirements-files.txt",
            ("data_service/setup.py",),
            extras=("files",),
        ),
        Lock("requirements-dev.txt", everything, extras),
    )


LOCKS = locks_of(SERVICES)


def stale_locks(root: Path = ROOT) -> list[str]:
    """Name the locks that do not belong to what they were made from."""
    return [lock.path for lock in LOCKS if not _is_fresh(lock, root)]


def make_locks(arguments: list[str], root: Path = ROOT) -> None:
    """Compile every lock anew; pinned versions stay unless `--upgrade` is given."""
    for lock in LOCKS:
        print(f"Locking {lock.path}", flush=True)
        _compile(lock, arguments, root)
        _sign(lock, root)


def adopt(service: str, root: Path = ROOT) -> None:
    """Lock a service that needs what `shared` needs and no more, without network.

    Its lock is that of `shared`, and no version changes anywhere: the locks that it is
    a source of are signed anew.
    """
    body = (root / "shared/requirements.txt").read_text("utf-8").partition("\n")[2]
    body = body.replace("kade-shared (shared/setup.py)", "kade-shared")
    (root / service / "requirements.txt").write_text(body, "utf-8")
    for lock in locks_of((*SERVICES, service)):
        if not _is_fresh(lock, root):
            _sign(lock, root)


def _is_fresh(lock: Lock, root: Path) -> bool:
    path = root / lock.path
    if not path.is_file():
        return False
    first_line = path.read_text("utf-8").partition("\n")[0]
    return first_line == MARK + _fingerprint(lock, root)


def _fingerprint(lock: Lock, root: Path) -> str:
    digest = hashlib.sha256(repr(lock).encode())
    inputs = [*lock.sources, *lock.constraints, OVERRIDES]
    if any(source.endswith("setup.py") for source in lock.sources):
        inputs.append(SHARED)
    for name in inputs:
        digest.update(b"\0" + _meaning(root / name).encode())
    return digest.hexdigest()


def _meaning(path: Path) -> str:
    """Give the text without what cannot change a resolution: comments, layout."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return ast.dump(ast.parse(text))
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _compile(lock: Lock, arguments: list[str], root: Path) -> None:
    command = [str(UV), "pip", "compile", "--quiet", "--universal"]
    command += ["--no-config", "--python-version", PYTHON_VERSION]
    command += ["--fork-strategy", "fewest", "--no-header", "--no-emit-index-url"]
    command += ["--no-emit-package", "kade-shared", "--override", OVERRIDES]
    command += ["--generate-hashes"] if lock.hashed else []
    for extra in lock.extras:
        command += ["--extra", extra]
    for constraint in lock.constraints:
        command += ["--constraint", constraint]
    command += [*arguments, *lock.sources, "--output-file", lock.path]
    outcome = subprocess.run(command, cwd=root, env=_environment(), check=False)
    if outcome.returncode:
        raise DevelopmentError(f"{lock.path} could not be made; uv says why above.")


def _environment() -> dict[str, str]:
    """Leave out this machine's package indexes: hashes are those of the public one."""
    return {
        name: value
        for name, value in uv_environment().items()
        if not name.startswith("PIP_") and "INDEX" not in name and "LINKS" not in name
    }


def _sign(lock: Lock, root: Path) -> None:
    path = root / lock.path
    body = path.read_text("utf-8")
    if body.startswith(MARK):
        body = body.partition("\n")[2]
    path.write_text(f"{MARK}{_fingerprint(lock, root)}\n{body}", "utf-8")


def main() -> int:
    """Make the locks."""
    make_locks(sys.argv[1:])
    return 0


if __name__ == "__main__":
    finish(main)
