"""How an import is asked for: what a refusal may tell its caller to do.

The command has options, HTTP has parameters. Who takes in a request says once which of
them it is, as Django's `translation.override` does for a language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

COMMAND: Mapping[str, str] = {
    "dataset": "--dataset",
    "table": "--table",
    "format": "--format",
    "sheet": "--sheet",
    "layer": "--layer",
    "crs": "--crs",
    "crs is": "--crs {}",
    "schema": "--schema",
    "key": "--key",
    "append": "--append",
    "upsert": "--upsert",
    "delete where": "--delete-where FIELD=VALUE",
    "mend geometry": "--mend-geometry",
    "breaking": "--breaking",
}
HTTP: Mapping[str, str] = {
    "dataset": "another dataset in the path",
    "table": "another table in the path",
    "format": "?format=",
    "sheet": "?sheet=",
    "layer": "?layer=",
    "crs": "?crs=",
    "crs is": "?crs={}",
    "schema": "?schema=",
    "key": "?key=",
    "append": "?mode=append",
    "upsert": "?mode=upsert",
    "delete where": "?deleteWhere=FIELD=VALUE",
    "mend geometry": "?mendGeometry=true",
    "breaking": "?breaking=true",
}
_options: ContextVar[Mapping[str, str]] = ContextVar("options", default=COMMAND)


@contextmanager
def asked_by(options: Mapping[str, str]) -> Iterator[None]:
    """Let messages name what the caller has: COMMAND, or HTTP. Also a decorator."""
    token = _options.set(options)
    try:
        yield
    finally:
        _options.reset(token)


def option(name: str) -> str:
    """Give what the caller calls an option."""
    return _options.get()[name]
