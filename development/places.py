"""Where things stand, seen from the root of the repository."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
# What `make run` keeps: the cluster, locks, process ids.
STATE = Path(os.environ.get("KADE_STATE") or ROOT / ".run").absolute()
ARTEFACTS = ROOT / "test-artefacts"


@dataclass(frozen=True)
class Service:
    """What `make run` has to know of a service; its folder says the rest."""

    title: str
    summary: str
    port: int
    preparation: str = ""  # a command after the migrations


SERVICES = {
    "catalog_service": Service(
        "catalogue", "every API, with Swagger UI", 8000, "register_sources"
    ),
    "data_service": Service(
        "data service", "every dataset, with its page and API", 8001, "demo"
    ),
    # new service: verbs
}
PACKAGES = ("shared", *SERVICES)


def variable(service: str, name: str) -> str:
    """Give the variable of a service for the verbs, such as DATA_PORT."""
    return f"{service.removesuffix('_service').upper()}_{name}"
