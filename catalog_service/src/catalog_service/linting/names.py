"""What a name tells: how it is written, and whether it is that of a date."""

from __future__ import annotations

import re

_CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*", re.ASCII)
# Capitals stand alone, except at the end: ApiKey, not APIKey.
_PASCAL = re.compile(r"[A-Z][a-z0-9]*+(?:[A-Z0-9][a-z0-9]++)*+[A-Z0-9]?", re.ASCII)
# As the official linter has it: `startDateTime` is a date too.
_DATE_WITHIN = re.compile(r"(?:\w+D|_[dD])(?:ate|atum)", re.ASCII)


def is_date_name(name: str) -> bool:
    """Tell whether a property is a date, by its name."""
    return name in ("date", "datum") or bool(_DATE_WITHIN.search(name[:200]))


def is_camel_case(name: str) -> bool:
    """Tell whether a name is in lowerCamelCase."""
    return _CAMEL.fullmatch(name) is not None


def is_pascal_case(name: str) -> bool:
    """Tell whether a name is in UpperCamelCase."""
    return _PASCAL.fullmatch(name) is not None
