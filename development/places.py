"""Where things stand, seen from the root of the repository."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
# What `make run` keeps: the cluster, locks, process ids.
STATE = Path(os.environ.get("KADE_STATE") or ROOT / ".run").absolute()
ARTEFACTS = ROOT / "test-artefacts"
PACKAGES = ("shared", "catalog_service", "data_service")
SERVICES = ("catalog_service", "data_service")
