"""The ports that the services listen on, on every address of localhost."""

import contextlib
import json
import socket
import time
from collections.abc import Mapping
from pathlib import Path

from development.errors import DevelopmentError
from development.places import SERVICES, variable

VARIABLES = {service: variable(service, "PORT") for service in SERVICES}
# How long what an earlier, killed run left may take to notice and let go of a port.
PATIENCE_SECONDS = 3.0


def chosen_port(service: str, environment: Mapping[str, str]) -> int:
    """Read the port of a service."""
    text = environment.get(VARIABLES[service], "") or str(SERVICES[service].port)
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise DevelopmentError(f"{VARIABLES[service]} is '{text}': use 1 to 65535.")
    return int(text)


def refuse_equal(environment: Mapping[str, str]) -> None:
    """Say in one line which two services cannot share a port."""
    taken: dict[int, str] = {}
    for service, name in VARIABLES.items():
        other = taken.setdefault(chosen_port(service, environment), name)
        if other != name:
            raise DevelopmentError(f"{other} and {name} are equal: give each its own.")


def remember(state: Path, environment: Mapping[str, str]) -> None:
    """Keep the ports of this run for the verbs that are used beside it."""
    chosen = {VARIABLES[each]: str(chosen_port(each, environment)) for each in SERVICES}
    (state / "ports").write_text(json.dumps(chosen))


def remembered(state: Path) -> dict[str, str]:
    """Give the ports of the last run, by variable; none before the first."""
    with contextlib.suppress(FileNotFoundError):
        ports: dict[str, str] = json.loads((state / "ports").read_text())
        return ports
    return {}


def local_addresses() -> list[str]:
    """Give what localhost means here: 127.0.0.1, and ::1 where IPv6 works."""
    found = ["127.0.0.1"]
    with contextlib.suppress(OSError):
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
        found.append("::1")
    return found


def refuse_taken(service: str, port: int) -> None:
    """Say in one line that a port is taken, and which variable chooses another."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not all(_is_free(address, port) for address in local_addresses()):
        if time.monotonic() > deadline:
            variable = VARIABLES[service]
            raise DevelopmentError(
                f"Port {port} is taken: stop what listens there, or choose another for"
                f" the {service}: {variable}={port + 100} make run."
            )
        time.sleep(0.2)


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True
