"""In what stage of its life an API is, as its document says.

OpenAPI has no member for it; these are the ones that are met: `x-deprecated`,
`x-sunset` and `x-api-status` (or `x-lifecycle`, `x-status`), in `info` or beside it.
An API all of whose operations are deprecated is deprecated too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .operations import Operation
from .parsing import Document
from .texts import object_of, text_of

EXPERIMENTAL, ACTIVE, DEPRECATED, RETIRED = (
    "experimental", "active", "deprecated", "retired",
)  # fmt: skip
STATUSES = (EXPERIMENTAL, ACTIVE, DEPRECATED, RETIRED)
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ].*)?", re.DOTALL)
_STATUS_KEYS = ("x-api-status", "x-lifecycle", "x-status")
_WORDS = {
    **dict.fromkeys(
        ("experimental", "alpha", "beta", "concept", "draft"), EXPERIMENTAL
    ),
    **dict.fromkeys(("deprecated",), DEPRECATED),
    **dict.fromkeys(("retired", "sunset", "obsolete"), RETIRED),
}


@dataclass(frozen=True)
class Lifecycle:
    """A status, and the days (YYYY-MM-DD, or empty) of deprecation and sunset."""

    status: str = ACTIVE
    deprecated: str = ""
    sunset: str = ""


def lifecycle_of(document: Document, operations: Iterable[Operation]) -> Lifecycle:
    """Read the stage out of a document."""
    stated = {**document.content, **object_of(document.content.get("info"))}
    status = _status(stated)
    if status == ACTIVE and _is_deprecated(stated, operations):
        status = DEPRECATED
    return Lifecycle(
        status=status,
        deprecated=_day(stated.get("x-deprecated")),
        sunset=_day(stated.get("x-sunset")),
    )


def _status(stated: dict[str, Any]) -> str:
    words = (stated.get(key) for key in _STATUS_KEYS)
    word = next((text_of(value) for value in words if value), "")
    return _WORDS.get(word.strip().lower(), ACTIVE)


def _is_deprecated(stated: dict[str, Any], operations: Iterable[Operation]) -> bool:
    if stated.get("x-deprecated") is True or stated.get("deprecated") is True:
        return True
    each = [operation.deprecated for operation in operations if not operation.webhook]
    return bool(each) and all(each)


def _day(value: Any) -> str:
    """Return a day that there is; nothing for whatever else stands there."""
    match = _DAY.fullmatch(text_of(value, at_most=40))
    try:
        return date.fromisoformat(match.group(1)).isoformat() if match else ""
    except ValueError:
        return ""
