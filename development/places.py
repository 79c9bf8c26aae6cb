"""Where things stand, seen from the root of the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STATE = ROOT / ".run"  # what `make run` keeps: the cluster, locks, process ids
ARTEFACTS = ROOT / "test-artefacts"
PACKAGES = ("shared", "catalog_service", "data_service")
SERVICES = ("catalog_service", "data_service")
