"""Read numbers that JSON can hold, and refuse those that it cannot."""

from __future__ import annotations

import math

from .errors import NumberError
from .limits import MAX_DIGITS


def read_integer(text: str, base: int = 10) -> int:
    """Return an integer; raise NumberError when it is absurdly long."""
    _check_length(text)
    return int(text, base)


def read_float(text: str) -> float:
    """Return a float; raise NumberError when it is too long or not finite."""
    _check_length(text)
    value = float(text)
    if not math.isfinite(value):
        raise NumberError(f"the number {text} is not finite")
    return value


def _check_length(text: str) -> None:
    if len(text) > MAX_DIGITS:
        raise NumberError(f"a number of {len(text):,} digits")
