"""The environment read once, with every fault collected and a cure beside it.

A service that boots with half of its settings wrong makes its operator mend them
one restart at a time. So reading never raises: it records, and `check` raises once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_Value = TypeVar("_Value")

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})
_SECRET_LENGTH = 32


class EnvironmentFaultError(ImproperlyConfigured):
    """The environment is not fit to boot with."""

    def __init__(self, faults: Collection[str]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  - {fault}" for fault in self.faults)
        super().__init__(f"mend these environment variables first:\n{lines}")


class Environment:
    """Typed access to environment variables; `NAME_FILE` is read for every `NAME`.

    A default of None makes a variable required. After a fault a harmless value of
    the right type is returned, so that reading can go on.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.names_read: set[str] = set()
        self.faults: list[str] = []

    def text(self, name: str, *, default: str | None = None, cure: str = "") -> str:
        """Return the value of `name` as it stands."""
        value = self._read(name)
        if value is not None:
            return value
        if default is None:
            self._fault(f"{name} is not set", cure or "set it")
            return ""
        return default

    def integer(
        self, name: str, *, default: int, minimum: int = 0, maximum: int = 2**31
    ) -> int:
        """Return `name` as a whole number between `minimum` and `maximum`."""
        value = self._read(name)
        if value is None:
            return default
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
            return self._refuse(name, value, "a whole number", default)
        if not minimum <= int(value) <= maximum:
            wanted = f"a number from {minimum} to {maximum}"
            return self._refuse(name, value, wanted, default)
        return int(value)

    def boolean(self, name: str, *, default: bool = False) -> bool:
        """Return whether `name` says true, yes, on or 1."""
        value = self._read(name)
        if value is None:
            return default
        if value.lower() in _TRUE:
            return True
        if value.lower() in _FALSE:
            return False
        return self._refuse(name, value, "true or false", default)

    def choice(self, name: str, choices: Collection[str], *, default: str) -> str:
        """Return `name`, one of `choices`."""
        value = self._read(name)
        if value is None:
            return default
        if value not in choices:
            wanted = "one of " + ", ".join(sorted(choices))
            return self._refuse(name, value, wanted, default)
        return value

    def url(
        self,
        name: str,
        *,
        default: str | None = None,
        schemes: Sequence[str] = ("http", "https"),
        cure: str = "",
    ) -> str:
        """Return `name` as a URL without a slash at its end."""
        cure = cure or f"set it to a URL that begins with {schemes[0]}://"
        value = self.text(name, default=default, cure=cure).rstrip("/")
        if value and _scheme(value) not in schemes:
            shown = value.split("://")[0][:12]
            self._fault(f"{name} begins with '{shown}'", cure)
        return value

    def reached_origins(self, name: str) -> dict[str, str]:
        """Return the origins of `name`, each with the origin it is reached at.

        `origin=origin` names another place for the first: behind it, the public name
        of a service often leads nowhere. Alone, an origin is its own place.
        """
        pairs = (word.partition("=") for word in self.names(name))
        places = {
            origin.rstrip("/"): (place or origin).rstrip("/")
            for origin, _, place in pairs
        }
        for origin in {*places, *places.values()}:
            self._check_origin(name, origin)
        return places

    def names(self, name: str, *, default: str = "") -> tuple[str, ...]:
        """Return the comma-separated words of `name`, empty ones left out."""
        words = self.text(name, default=default).split(",")
        return tuple(word.strip() for word in words if word.strip())

    def secret(self, name: str, *, development: str) -> str:
        """Return a secret; with DEBUG on, `development` when it is not set.

        With DEBUG off a missing, short or development secret is a fault.
        """
        cure = f"set it (or {name}_FILE) to {_SECRET_LENGTH} or more random characters"
        value = self._read(name)
        if self.boolean("DEBUG"):
            return value or development
        if not value:
            self._fault(f"{name} is not set and DEBUG is off", cure)
        elif value == development:
            self._fault(f"{name} is the one for development and DEBUG is off", cure)
        elif len(value) < _SECRET_LENGTH:
            self._fault(f"{name} has {len(value)} characters", cure)
        return value or development

    def check(self) -> None:
        """Raise EnvironmentFaultError when anything read so far was wrong."""
        if self.faults:
            raise EnvironmentFaultError(self.faults)

    def _read(self, name: str) -> str | None:
        self.names_read.add(name)
        value = self._variables.get(name, "").strip()
        path = self._variables.get(f"{name}_FILE", "").strip()
        if value and path:
            self._fault(f"{name} and {name}_FILE are both set", "set one of the two")
        if value or not path:
            return value or None
        return self._read_file(name, Path(path))

    def _read_file(self, name: str, path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8").strip() or None
        except (OSError, ValueError):
            cure = "let it name a text file that this user may read"
            self._fault(f"{name}_FILE cannot be read: {path}", cure)
            return None

    def _check_origin(self, name: str, origin: str) -> None:
        if not _is_origin(origin):
            cure = "use scheme://host or scheme://host:port, without a path"
            self._fault(f"{name} holds '{origin}'", cure)

    def _refuse(self, name: str, value: str, wanted: str, default: _Value) -> _Value:
        self._fault(f"{name} is '{value[:40]}'", f"use {wanted}")
        return default

    def _fault(self, what: str, cure: str) -> None:
        fault = f"{what}; {cure}"
        if fault not in self.faults:
            self.faults.append(fault)


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower() if "://" in url else ""


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return named and bare and parts.scheme in {"http", "https"}
