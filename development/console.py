"""`make console`: Django's shell, or any command of a service, as `make run` has it."""

import contextlib
import os
import subprocess
import sys

from development import postgres, services
from development.databases import ensure_database, given_databases
from development.errors import DevelopmentError, finish
from development.places import ROOT, SERVICES, STATE
from development.ports import remembered


def main() -> int:
    """Run a command; without arguments, the shell of the data service."""
    service, *arguments = sys.argv[1:] or ["data_service"]
    if service not in SERVICES:
        raise DevelopmentError(
            f"'{service}' is no service: use {' or '.join(SERVICES)}."
        )
    services.SCRATCH.mkdir(parents=True, exist_ok=True)
    for variable, port in remembered(STATE).items():
        os.environ.setdefault(variable, port)
    with contextlib.ExitStack() as stack:
        url = _database(service, stack)
        return subprocess.run(
            services.command(service, *(arguments or ["shell"])),
            cwd=ROOT,
            env=services.variables(service, url),
            check=False,
        ).returncode


def _database(service: str, stack: contextlib.ExitStack) -> str:
    """Give the database that `make run` uses, and start its server if need be."""
    chosen = given_databases(os.environ)
    if service in chosen:
        variable, url = chosen[service]
        ensure_database(url, variable)
        return url
    cluster = postgres.lasting_cluster(STATE)
    if not postgres.is_running(cluster):
        stack.enter_context(postgres.running(cluster))
    ensure_database(cluster.url(service), "PostgreSQL")
    return cluster.url(service)


if __name__ == "__main__":
    finish(main)
