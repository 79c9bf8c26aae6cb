"""`make run`: every service on this machine, from nothing to their addresses."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType

from development import locking, postgres, processes, services, supervising
from development.databases import ensure_database, given_databases
from development.errors import (
    DevelopmentError,
    DiskFullError,
    finish,
    tells_of_full_disk,
)
from development.places import ROOT, SERVICES, STATE
from development.ports import chosen_port, refuse_equal, refuse_taken, remember

NEARLY_FULL = 32_000_000  # bytes: PostgreSQL's log of changes grows by half of it
LEDGER = STATE / "processes"
HEALTHY_SECONDS = 120.0
GUIDE = """
{services}

  Its own API        {catalogue}/v1    {catalogue}/.well-known/api-catalog
  Publish a file     make console ARGS="data_service publish FILE"
  A token            make console ARGS="data_service create_token me --scope data:write"
  The admin          make console ARGS="data_service createsuperuser"
                     then {data}/admin/ (catalog_service has one too)

  Ctrl-C stops everything.
"""


def main() -> int:
    """Run until Ctrl-C, or until one of the programs ends."""
    if os.environ.get("MAKELEVEL"):
        processes.die_with_parent(signal.SIGTERM)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup has it
        signal.signal(signal.SIGHUP, _interrupt)
    STATE.mkdir(exist_ok=True)
    with (
        locking.alone(STATE / "run.lock", "This clone"),
        contextlib.ExitStack() as stack,
    ):
        supervising.end_leftovers(LEDGER)
        shutil.rmtree(services.SCRATCH, ignore_errors=True)
        services.SCRATCH.mkdir()
        refuse_equal(os.environ)
        for service in SERVICES:
            refuse_taken(service, chosen_port(service, os.environ))
        remember(STATE, os.environ)
        urls, server = _databases(stack)
        _prepare(urls)
        return _serve(urls, server)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # once is enough: stopping is bounded
    raise KeyboardInterrupt


def _databases(
    stack: contextlib.ExitStack,
) -> tuple[dict[str, str], postgres.Server | None]:
    """Give each service's database, on a server of our own unless one was named."""
    chosen = given_databases(os.environ)
    server = None
    if len(chosen) < len(SERVICES):
        cluster = postgres.lasting_cluster(STATE)
        server = stack.enter_context(postgres.running(cluster))
        for service in SERVICES:
            chosen.setdefault(service, ("PostgreSQL", cluster.url(service)))
    for variable, url in chosen.values():
        ensure_database(url, variable)
    return {service: chosen[service][1] for service in SERVICES}, server


def _prepare(urls: dict[str, str]) -> None:
    """Bring every service up to date, the one beside the other."""
    print("Migrating the databases", flush=True)
    _manage_all(urls, dict.fromkeys(SERVICES, "migrate --noinput"))
    print("Publishing the demo datasets", flush=True)
    prepared = {name: each.preparation for name, each in SERVICES.items()}
    _manage_all(urls, {name: each for name, each in prepared.items() if each})


def _manage_all(urls: dict[str, str], commands: dict[str, str]) -> None:
    children = {
        f"{service}: {command}": _manage(service, urls[service], command.split())
        for service, command in commands.items()
    }
    try:
        for name, child in children.items():
            _refuse_failure(name, child.communicate()[0], child.returncode)
    finally:
        for child in children.values():
            processes.stop_child(child, (signal.SIGKILL,), patience=5)


def _manage(
    service: str, url: str, arguments: Sequence[str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        services.command(service, *arguments),
        cwd=ROOT,
        env=services.variables(service, url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is ours to handle
        preexec_fn=processes.dying_with_us(signal.SIGKILL),  # noqa: PLW1509
    )


def _refuse_failure(name: str, output: bytes, code: int) -> None:
    if not code:
        return
    printed = output.decode(errors="replace")
    _refuse_full_disk(printed)
    sys.stderr.write(printed)
    raise DevelopmentError(f"{name} failed, see above.")


def _refuse_full_disk(printed: str) -> None:
    # PostgreSQL may have crashed of it, and then a command tells of that only.
    is_full = shutil.disk_usage(STATE).free < NEARLY_FULL
    if is_full or tells_of_full_disk(printed):
        raise DiskFullError(STATE if is_full else "")


def _serve(urls: dict[str, str], server: postgres.Server | None) -> int:
    programs = [
        each for name in SERVICES for each in services.programs(name, urls[name])
    ]
    children = supervising.start(programs, LEDGER)
    watched = [*children, *_as_child(server)]
    try:
        _wait_until_healthy(watched)
        _print_guide()
        while not (ended := supervising.first_ended(watched)):
            time.sleep(0.2)
        return _tell_end(ended, server)
    except KeyboardInterrupt:
        print("\nStopping", flush=True)
        return 0
    finally:
        supervising.stop(children, LEDGER)


def _as_child(server: postgres.Server | None) -> list[supervising.Child]:
    return [supervising.Child("PostgreSQL", server.process)] if server else []


def _wait_until_healthy(watched: Sequence[supervising.Child]) -> None:
    deadline = time.monotonic() + HEALTHY_SECONDS
    for service in SERVICES:
        address = services.public_url(service, os.environ)
        for path in ("/status/live", "/status/health"):
            while not _answers(address + path):
                if supervising.first_ended(watched):
                    return
                if time.monotonic() > deadline:
                    raise DevelopmentError(f"{address + path} is not well, see above.")
                time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 ours
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _print_guide() -> None:
    addresses = {name: services.public_url(name, os.environ) for name in SERVICES}
    lines = [
        f"  {each.title.capitalize():<18} {addresses[name]}    {each.summary}"
        for name, each in SERVICES.items()
    ]
    guide = GUIDE.format(
        services="\n".join(lines),
        catalogue=addresses["catalog_service"],
        data=addresses["data_service"],
    )
    print(guide, flush=True)


def _tell_end(ended: supervising.Child, server: postgres.Server | None) -> int:
    time.sleep(0.2)  # its last lines are on their way
    last_lines = list(ended.last_lines)
    if server and ended.process is server.process:
        log = server.cluster.log.read_text("utf-8", "replace")
        last_lines = log.splitlines()[-supervising.LAST_LINES :]
    sys.stderr.write(
        f"\nkade: the {ended.name} {ended.how_it_ended()}. Its last lines:\n"
    )
    sys.stderr.writelines(f"  {line}\n" for line in last_lines)
    return 1


if __name__ == "__main__":
    finish(main)
