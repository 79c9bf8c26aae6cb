"""What stands for Docker in the tests of `.swarm/rotate`: a Swarm of a few files.

The folder STANDING has `secrets` (their values) and `services` (the names of the
secrets that each has). After a change a service logs in with what it has been given.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

FOLDER = Path(os.environ["STANDING"])
SECRETS = FOLDER / "secrets"
SERVICES = FOLDER / "services"


def main(words: list[str]) -> None:
    """Do what a few commands of Docker do."""
    stop_if_asked(" ".join(words[:2]))
    match words:
        case ["ps", *_]:
            tell("the-primary")
        case ["exec", "--interactive", "the-primary", program, *rest]:
            os.execvp(program, [program, *rest])  # noqa: S606
        case ["stack", "services", *_]:
            tell(*names_in(SERVICES))
        case ["stack", "rm", *_]:
            pass
        case ["secret", "ls", *_, chosen]:
            prefix = chosen.removeprefix("name=")
            tell(*(name for name in names_in(SECRETS) if name.startswith(prefix)))
        case ["secret", verb, name, *_]:
            change_secret(verb, SECRETS / name)
        case ["service", "inspect", *_, name]:
            tell((SERVICES / name).read_text())
        case ["service", "update", *options, name]:
            update(SERVICES / name, options)
        case _:
            sys.exit(f"unknown: {words}")


def tell(*lines: str) -> None:
    """Say what was asked for, a line each."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def names_in(folder: Path) -> list[str]:
    """Give the names of the files."""
    return sorted(path.name for path in folder.iterdir())


def change_secret(verb: str, secret: Path) -> None:
    """Make, find or remove one; none is changed, none goes that is used."""
    if (verb == "create") is secret.exists():
        sys.exit(f"{secret.name} is there, or is not")
    if verb == "create":
        secret.write_text(sys.stdin.read())
    if verb == "rm":
        for service in SERVICES.iterdir():
            if secret.name in service.read_text().split():
                sys.exit(f"{secret.name} is used by {service.name}")
        secret.unlink()


def update(service: Path, options: list[str]) -> None:
    """Give a service other secrets, and let it log in with them."""
    text = " ".join(options)
    held = set(service.read_text().split())
    removed = set(re.findall(r"--secret-rm (\S+)", text))
    added = set(re.findall(r"--secret-add source=([^,\s]+),target=[a-z_]+,uid", text))
    if not removed <= held or not added <= set(names_in(SECRETS)):
        sys.exit(f"no such secret: {removed} {added}")
    service.write_text("\n".join(sorted(held - removed | added)))
    for name in sorted(added):
        if name.partition(".")[0].endswith("-url"):
            log_in((SECRETS / name).read_text())


def stop_if_asked(command: str) -> None:
    """Fail once: a file `fail` says `2 service update` for the second of these."""
    asked = FOLDER / "fail"
    if not asked.exists():
        return
    count, _, failing = asked.read_text().partition(" ")
    if command != failing:
        return
    asked.write_text(f"{int(count) - 1} {failing}")
    if count == "1":
        asked.unlink()
        sys.exit("the Swarm is not well")


def log_in(url: str) -> None:
    """Note as whom PostgreSQL sees who logs in."""
    import psycopg  # the other commands are quick without it

    role, password, database = re.findall(r"//(.*?):(.*?)@.*/(\w+)", url)[0]
    told = {"user": role, "password": password, "dbname": database}
    with psycopg.connect(**told) as connection, (FOLDER / "logins").open("a") as log:
        row = connection.execute("SELECT current_user").fetchone()
        log.write(f"{row and row[0]}\n")


main(sys.argv[1:])
