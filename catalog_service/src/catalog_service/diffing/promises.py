"""What a document promises about the end of a part of it.

``deprecated`` announces the end, the extension ``x-sunset`` the first day on which
it may come (a date or date-time of RFC 3339), ``x-stability-level`` how much is
promised at all: draft, alpha, beta or stable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

STABILITY = ("draft", "alpha", "beta", "stable")


@dataclass(frozen=True)
class Promise:
    """Whether something is deprecated, and its sunset as written."""

    deprecated: bool
    sunset: object = None

    @property
    def date(self) -> date | None:
        """Give the day of the sunset; None when there is none to read."""
        return read_date(self.sunset)

    @property
    def is_unreadable(self) -> bool:
        """Tell whether a sunset is written that is no date."""
        return self.sunset is not None and self.date is None


def promise_of(mapping: Mapping[str, object]) -> Promise:
    """Read the promise of an operation, a parameter or a schema."""
    return Promise(mapping.get("deprecated") is True, mapping.get("x-sunset"))


def stability_of(mapping: Mapping[str, object]) -> str | None:
    """Give the stability level as written; None when there is none."""
    level = mapping.get("x-stability-level")
    return None if level is None else str(level)


def promises_nothing(mapping: Mapping[str, object]) -> bool:
    """Tell whether an operation is too young to promise anything."""
    return stability_of(mapping) in ("draft", "alpha")


def read_date(value: object) -> date | None:
    """Give the day of a date or date-time; None when it is neither."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None
