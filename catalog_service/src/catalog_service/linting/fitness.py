"""Tell whether a value is plain JSON of a size and depth that can be looked through.

What `documents` has read always is. Anything else must not bring a rule down.
"""

from __future__ import annotations

from itertools import repeat
from typing import Any

MAX_DEPTH = 100
MAX_VALUES = 1_000_000


def unfit_reason(content: Any) -> str:
    """Return why a value cannot be looked through, or nothing when it can."""
    waiting = [(content, 1)]
    count = 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if depth > MAX_DEPTH:
            return f"depth > {MAX_DEPTH}"
        if count > MAX_VALUES:
            return f"values > {MAX_VALUES}"
        if isinstance(value, dict):
            if not all(map(_is_text, value)):
                return "keys"
            waiting += zip(value.values(), repeat(depth + 1))
        elif isinstance(value, list):
            waiting += zip(value, repeat(depth + 1))
        elif not _is_scalar(value):
            return type(value).__name__
    return ""


def _is_scalar(value: object) -> bool:
    if isinstance(value, str):
        return _is_text(value)
    if isinstance(value, int):
        return value.bit_length() <= 4096
    return value is None or (isinstance(value, float) and value - value == 0)


def _is_text(value: object) -> bool:
    """Tell whether it is text that has an encoding: no half of a surrogate pair."""
    if not isinstance(value, str):
        return False
    return value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value)
