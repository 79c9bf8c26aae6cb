"""Which names a new service cannot have, each with what to choose instead."""

import importlib.util
import keyword
import re
from pathlib import Path

import yaml

from development.errors import DevelopmentError
from development.places import ROOT, SERVICES, variable

FORM = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST = 24  # so that lines with it stay short enough to read


def refuse_unfit(name: str, root: Path = ROOT) -> None:
    """Say in one line why the name is not fit for a service.

    Raises:
        DevelopmentError: with the name, what is wrong with it and what is accepted.
    """
    reason = _form(name) or _folder(name, root) or _module(name) or _clash(name, root)
    if reason:
        raise DevelopmentError(f"NAME is '{name}': {reason}.")


def _form(name: str) -> str:
    if not name:
        return "name the service: make service NAME=parking"
    if not FORM.fullmatch(name) or len(name) > LONGEST:
        return (
            "use lower-case letters, digits and single underscores, a letter first,"
            f" at most {LONGEST}, such as bike_parking"
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        return "that is a word of Python; use another, such as parking"
    return ""


def _folder(name: str, root: Path) -> str:
    if (root / name).exists():
        return f"there is a {name} at the root of the repository; use another name"
    return ""


def _module(name: str) -> str:
    if importlib.util.find_spec(name):
        return "a package of that name is installed already; use another"
    return ""


def _clash(name: str, root: Path) -> str:
    for service in SERVICES:
        if variable(name, "PORT") == variable(service, "PORT"):
            return f"{variable(name, 'PORT')} is the port of {service}; use another"
    stem = name.removesuffix("_service")
    compose = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))
    taken = {name, f"{stem}_worker", f"{stem}_migrations"} & set(compose["services"])
    if taken or f"x-{stem}" in compose:
        what = ", ".join(sorted(taken)) or f"x-{stem}"
        return f"docker-compose.yml has {what} already; use another"
    return ""
