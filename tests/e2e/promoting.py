"""`.swarm/promote` on a pair: what stands for Docker finds the replica's programs."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from shared.testing.programs import unmeasured_environment

from .replication import Pair
from .stack import ROOT

# Three nodes: the primary was on the first, the replica is on the second. A file `fail`
# says in which command something goes wrong, once.
_DOCKER = """#!/usr/bin/env bash
echo "$*" >>"$STANDING/calls"
if [ -e "$STANDING/fail" ] && [[ "$*" = *"$(cat "$STANDING/fail")"* ]]; then
  rm "$STANDING/fail"
  exit 1
fi
case "$*" in
"ps "*"=kade-acceptance-database_postgres_replica") echo the-replica ;;
"exec --interactive the-replica "*) shift 3 && exec "$@" ;;
"service scale --detach=true kade-acceptance-database_postgres=0")
  touch "$STANDING/stopped"
  [ ! -e "$PRIMARY" ] || kill -INT "$(head -1 "$PRIMARY")" ;;
"service inspect "*) [ -e "$STANDING/stopped" ] && echo 0 || echo 1 ;;
"node ls "*kade.database=true*) [ -e "$STANDING/unlabelled" ] || echo node-1 ;;
"node ls "*kade.replica=true*)
  echo node-2
  [ -e "$STANDING/unlabelled" ] || echo node-3 ;;
"info "*) echo node-2 ;;
esac
"""


@dataclass(frozen=True)
class Swarm:
    """A pair, as `.swarm` sees it, on the node of its replica."""

    pair: Pair
    folder: Path

    @classmethod
    def standing_for(cls, pair: Pair, folder: Path) -> Swarm:
        """Put it in the place of Docker."""
        pair.run("CREATE ROLE postgres LOGIN SUPERUSER")
        pair.wait_until_equal()
        docker = folder / "docker"
        docker.write_text(_DOCKER, "utf-8")
        docker.chmod(0o755)
        return cls(pair, folder)

    def run(self, script: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a script on the environment acceptance."""
        environment = unmeasured_environment()
        programs = (self.folder, self.pair.replica.binaries, environment["PATH"])
        return subprocess.run(
            [str(ROOT / ".swarm" / script), "acceptance", *words],
            env=environment
            | {"PATH": ":".join(map(str, programs)), "STANDING": str(self.folder)}
            | {"PGHOST": str(self.pair.replica.sockets)}
            | {"PRIMARY": str(self.pair.primary.mark)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def fail_once(self, command: str) -> None:
        """Let something go wrong in the next command that has these words."""
        (self.folder / "fail").write_text(command)

    def unlabel(self) -> None:
        """Take the labels from all nodes but that of the replica."""
        (self.folder / "unlabelled").touch()

    def calls(self, command: str) -> int:
        """Count the commands that began like this."""
        lines = (self.folder / "calls").read_text().splitlines()
        return sum(line.startswith(command) for line in lines)

    def numbers(self, database: str) -> list[int]:
        """Give the last of every number that the replica has given out."""
        asked = "SELECT coalesce(last_value, 0) FROM pg_sequences"
        return [int(number) for number in self.pair.ask_replica(asked, database)]
