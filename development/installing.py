"""How packages come into `.venv`: pip installs the locked uv, uv does the rest."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from development.errors import DevelopmentError, DiskFullError
from development.places import PACKAGES, PYTHON, ROOT, UV

DEVELOPMENT_LOCK = ROOT / "requirements-dev.txt"
CERTIFICATES = Path("/etc/ssl/certs")
NEARLY_FULL = 100_000_000  # bytes: below this a failed installation is put down to it


def install_everything() -> None:
    """Install the development lock, then the three packages to be edited in place."""
    if not UV.exists():
        _install_uv()
    print("Installing the locked packages", flush=True)
    quiet = [] if sys.stderr.isatty() else ["--quiet"]  # progress is for people
    _uv_install(*quiet, "--require-hashes", "-r", str(DEVELOPMENT_LOCK))
    editables = [part for name in PACKAGES for part in ("-e", str(ROOT / name))]
    _uv_install("--quiet", "--no-deps", "--no-build-isolation", *editables)


def uv_environment() -> dict[str, str]:
    """Let uv trust what the machine trusts: pip does, uv only when told."""
    environment = dict(os.environ)
    if CERTIFICATES.is_dir() and any(CERTIFICATES.iterdir()):
        environment.setdefault("UV_SYSTEM_CERTS", "1")
    return environment


def locked_block(lock: str, name: str) -> str:
    """Give the lines of one package in a lock, hashes included."""
    block = re.search(rf"^{re.escape(name)}==.*\n(?:[ \t]+--hash=.*\n)+", lock, re.M)
    if block is None:
        raise DevelopmentError(f"{name} is not in the lock: run `make lock`.")
    return block.group()


def _install_uv() -> None:
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "uv.txt"
        block = locked_block(DEVELOPMENT_LOCK.read_text("utf-8"), "uv")
        requirements.write_text(block, "utf-8")
        command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
        command += ["--quiet", "--require-hashes", "--no-deps", "-r"]
        _run([*command, str(requirements)])


def _uv_install(*arguments: str) -> None:
    _run([str(UV), "pip", "install", "--python", str(PYTHON), *arguments])


def _run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT, env=uv_environment(), check=False).returncode:
        if shutil.disk_usage(ROOT).free < NEARLY_FULL:
            raise DiskFullError(ROOT)
        raise DevelopmentError(
            "The packages could not be installed, see above. Without a way to the"
            " package index, set PIP_INDEX_URL and UV_DEFAULT_INDEX to your mirror."
        )
