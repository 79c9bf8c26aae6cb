"""What `make run` and `make console` tell the services, and the programs of each."""

import os
import secrets
from collections.abc import Mapping

from development.places import PYTHON, ROOT, SERVICES, STATE
from development.ports import chosen_port, local_addresses
from development.supervising import Program

SCRATCH = STATE / "scratch"  # emptied at each start, since nobody may have tidied up


def public_url(service: str, environment: Mapping[str, str]) -> str:
    """Give the address that a person types."""
    return f"http://localhost:{chosen_port(service, environment)}"


def variables(service: str, database_url: str) -> dict[str, str]:
    """Give the whole environment of a service on this machine."""
    environment = dict(os.environ)
    origins = ",".join(public_url(each, environment) for each in SERVICES)
    defaults = {"LOG_FORMAT": "console", **_secret_key(service, environment)}
    settled = {
        "DATABASE_URL": database_url,
        "PUBLIC_URL": public_url(service, environment),
        "TRUSTED_ORIGINS": origins,
        "WORKER_HEARTBEAT_FILE": str(STATE / f"{service}-worker"),
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(SCRATCH),
    }
    if service == "catalog_service":
        settled["SOURCES"] = origins
    return {**defaults, **environment, **settled}


def _secret_key(service: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Give a key of this machine, so that DEBUG is off and errors look as they will."""
    if {"DEBUG", "SECRET_KEY", "SECRET_KEY_FILE"} & environment.keys():
        return {}
    path = STATE / f"{service}-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return {"SECRET_KEY_FILE": str(path)}


def command(service: str, *arguments: str) -> list[str]:
    """Give a command of the service's `manage.py`."""
    return [str(PYTHON), str(ROOT / service / "manage.py"), *arguments]


def programs(service: str, database_url: str) -> list[Program]:
    """Give the web process and the worker of a service."""
    environment = variables(service, database_url)
    port = chosen_port(service, environment)
    web = [str(PYTHON), "-m", "gunicorn", "--config", "python:shared.serving"]
    web += ["--no-control-socket", "--reload"]
    for address in local_addresses():
        host = f"[{address}]" if ":" in address else address
        web += ["--bind", f"{host}:{port}"]
    web += [f"{service}.wsgi"]
    name = SERVICES[service].title
    return [
        Program(f"{name} web", web, environment),
        Program(f"{name} worker", command(service, "worker"), environment),
    ]
