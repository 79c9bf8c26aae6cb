"""`make clean`: remove what can be made again, the local cluster included."""

import shutil
from pathlib import Path

from development.errors import finish
from development.places import ARTEFACTS, PACKAGES, ROOT, STATE, VENV
from development.postgres import Cluster, end_orphan, lasting_cluster

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "build")


def main() -> int:
    """Remove the environment, the caches, the artefacts and the cluster."""
    remove_cluster(lasting_cluster(STATE))
    for folder in (VENV, STATE, ARTEFACTS, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    for name in PACKAGES:
        for folder in _made_by_builds(ROOT / name):
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def remove_cluster(cluster: Cluster) -> None:
    """Remove a cluster with all that is in it."""
    end_orphan(cluster)
    shutil.rmtree(cluster.home, ignore_errors=True)
    shutil.rmtree(cluster.sockets, ignore_errors=True)


def _made_by_builds(package: Path) -> list[Path]:
    return [package / "build", *package.glob("src/*.egg-info")]


if __name__ == "__main__":
    finish(main)
