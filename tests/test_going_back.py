"""A release that does not come through goes back whole, and stays gone."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ("catalog_service", "data_service")
# Stands for Docker. As in a Swarm, what a service is told to go back from is what ran
# before, from then on. A deployment that takes too long ends as `timeout` ends it.
DOCKER = """#!/usr/bin/env bash
cd "$SWARM"
name=${!#}
case "$*" in
*migrations*) ;;
"stack services "*Image*) for one in */; do echo "${one%/} $(cat "$one/image")"; done ;;
"stack services "*) printf '%s\\n' * ;;
"stack deploy "*)
  for one in *; do
    variable=${one#kade-acceptance_}_image
    variable=${variable^^}
    mv "$one/image" "$one/before"
    echo "${!variable}" >"$one/image"
    rm -f "$one/state"
  done
  exit "$CODE" ;;
"service inspect "*UpdateStatus*) cat "$name/state" 2>/dev/null || true ;;
"service inspect "*PreviousSpec*) [ ! -e "$name/before" ] || echo known ;;
"service rollback "*)
  [ "$name" != "$STUCK" ] || exit 1
  mv "$name/image" "$name/failed"
  mv "$name/before" "$name/image"
  mv "$name/failed" "$name/before"
  echo rollback_completed >"$name/state" ;;
esac
"""


@dataclass(frozen=True)
class Swarm:
    """What runs, as a file for each service."""

    folder: Path

    def run(
        self, script: str, *words: str, code: int = 0, stuck: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a script; a deployment ends with `code`, `stuck` does not go back."""
        environment = {
            "PATH": f"{self.folder.parent}:{os.environ['PATH']}",
            "SWARM": str(self.folder),
            "CODE": str(code),
            "STUCK": f"kade-acceptance_{stuck}",
        }
        return subprocess.run(
            [str(ROOT / ".swarm" / script), "acceptance", *words],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def deploy(
        self, version: int, **ends: int | str
    ) -> subprocess.CompletedProcess[str]:
        """Deploy a release."""
        images = self.folder.parent / "images.env"
        images.write_text(
            "".join(
                f"{name.upper()}_IMAGE={_image(name, version)}\n" for name in SERVICES
            )
        )
        return self.run("deploy", str(images), **ends)  # type: ignore[arg-type]

    def runs(self, *versions: int) -> bool:
        """Tell whether each service runs this release."""
        running = [
            (self.folder / f"kade-acceptance_{name}" / "image").read_text().strip()
            for name in SERVICES
        ]
        return running == list(map(_image, SERVICES, versions))


@pytest.fixture
def swarm(tmp_path: Path) -> Swarm:
    """Run the first release, after nothing."""
    swarm = Swarm(tmp_path / "swarm")
    for name in SERVICES:
        folder = swarm.folder / f"kade-acceptance_{name}"
        folder.mkdir(parents=True)
        (folder / "image").write_text(f"{_image(name, 1)}\n")
    docker = tmp_path / "docker"
    docker.write_text(DOCKER, "utf-8")
    docker.chmod(0o755)
    return swarm


def test_it_goes_back_when_a_release_takes_too_long(swarm: Swarm) -> None:
    failed = swarm.deploy(2, code=124)

    assert failed.returncode == 1
    assert "what ran before runs again" in failed.stderr
    assert swarm.runs(1, 1)


def test_it_brings_no_release_back_that_took_too_long(swarm: Swarm) -> None:
    swarm.deploy(2, code=124)

    refused = swarm.run("rollback")

    assert refused.returncode == 1
    assert "what ran before is not known" in refused.stderr
    assert swarm.runs(1, 1)


def test_it_goes_back_once(swarm: Swarm) -> None:
    deployed = swarm.deploy(2)
    done = swarm.run("rollback")

    refused = swarm.run("rollback")

    assert (deployed.returncode, done.returncode) == (0, 0), done.stderr
    assert refused.returncode == 1
    assert swarm.runs(1, 1)


def test_it_goes_back_after_the_release_that_follows_one_that_failed(
    swarm: Swarm,
) -> None:
    swarm.deploy(2, code=124)
    swarm.deploy(3)

    done = swarm.run("rollback")

    assert done.returncode == 0, done.stderr
    assert swarm.runs(1, 1)


def test_it_says_what_did_not_go_back(swarm: Swarm) -> None:
    failed = swarm.deploy(2, code=124, stuck="catalog_service")

    assert failed.returncode == 1
    assert "did not go back: kade-acceptance_catalog_service" in failed.stderr
    assert swarm.runs(2, 1)


def _image(name: str, version: int) -> str:
    return f"registry.example.org/kade/{name}@sha256:{version:064}"
