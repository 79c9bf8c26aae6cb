"""`make setup`: `.venv` with everything locked; the second time takes no time."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from development import locking
from development.errors import (
    DevelopmentError,
    DiskFullError,
    finish,
    tells_of_full_disk,
)
from development.installing import DEVELOPMENT_LOCK, install_everything
from development.places import PACKAGES, PYTHON, ROOT, STATE, VENV

STAMP = VENV / "kade-setup"


def set_up() -> None:
    """Make `.venv` what the locks say, unless it is that already."""
    wanted = _fingerprint()
    if _is_current(wanted):
        return
    STATE.mkdir(exist_ok=True)
    with locking.waiting(STATE / "setup.lock"):
        if _is_current(wanted):
            return
        STAMP.unlink(missing_ok=True)
        _ensure_venv()
        install_everything()
        STAMP.write_text(wanted, "utf-8")


def _is_current(wanted: str) -> bool:
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text("utf-8") == wanted


def _fingerprint() -> str:
    # The root counts: a moved clone has editable packages that point to the old place.
    digest = hashlib.sha256(bytes(ROOT))
    setups = [ROOT / name / "setup.py" for name in PACKAGES]
    for path in [DEVELOPMENT_LOCK, *setups]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _ensure_venv() -> None:
    if _works([str(PYTHON), "-m", "pip", "--version"]):
        return
    if _works([str(PYTHON), "-m", "ensurepip"]):
        return
    refuse_without_venv()
    print(f"Making {VENV.name} with Python {sys.version.partition(' ')[0]}", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode:
        if tells_of_full_disk(outcome.stdout + outcome.stderr):
            raise DiskFullError(VENV)
        raise DevelopmentError(_reason(outcome))


def refuse_without_venv() -> None:
    """Say what to install where Python comes without venv, as Debian's does."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise DevelopmentError(
        f"This Python {version} has no venv module:"
        f" apt-get install python{version}-venv (as root), then try again."
    )


def _works(command: list[str]) -> bool:
    if not Path(command[0]).exists():
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _reason(outcome: subprocess.CompletedProcess[str]) -> str:
    lines = (outcome.stderr or outcome.stdout).strip().splitlines() or ["no reason"]
    return f"{VENV} could not be made: {lines[-1]}"


def main() -> int:
    """Set up."""
    set_up()
    return 0


if __name__ == "__main__":
    finish(main)
