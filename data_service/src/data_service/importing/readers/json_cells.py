"""Values of JSON as cells: the kind of each, and the text in which it is staged."""

from __future__ import annotations

import json
import re
from math import isinf
from typing import Any

from data_service.importing.cells import CELL_CHECKS
from data_service.importing.faults import UNSTORABLE

_BIGINT = 2**63
_TOO_DEEP = "lists within lists, or objects within objects"
_INFINITE = re.compile("Infinity|NaN")
# 1e400 is infinity once it is read.
_BEYOND = "a number beyond 1.7976931348623157e308"


def why_not_stored(kind: str, text: str) -> str:
    """Say why a value cannot be stored; empty when it can."""
    if not kind:
        is_deep = text == _TOO_DEEP
        return (
            "is too deep to be read" if is_deep else "is no number that can be stored"
        )
    if UNSTORABLE.search(text) or (kind != "string" and "\\u0000" in text):
        return "has a NUL character or half a surrogate pair"
    return ""


def cell_of(value: Any) -> tuple[str, str]:
    """Give the type name and the text of a JSON value; no type when it has none."""
    try:
        return _cell_of(value)
    except RecursionError:
        return "", _TOO_DEEP


def _cell_of(value: Any) -> tuple[str, str]:
    if isinstance(value, str):
        return "string", value
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    if isinstance(value, int) and -_BIGINT <= value < _BIGINT:
        return "integer", str(value)
    if isinstance(value, int | float):
        return _number_cell(value)
    text = compact(value)
    if _INFINITE.search(text) and not _is_finite(value):
        return "", text if "NaN" in text else _BEYOND
    kind = _kind_of_list(value) if isinstance(value, list) else "object/json"
    return kind, text


def _number_cell(value: float) -> tuple[str, str]:
    """Give a number as text; Python writes no more digits of one than some thousands.

    The pattern of numbers holds for JSON too: no reader gets a number without end.
    """
    try:
        text = repr(value)
    except ValueError:
        return "", "a number of thousands of digits"
    if isinstance(value, float) and isinf(value):
        return "", _BEYOND
    return "number" if CELL_CHECKS["number"].fits(text) else "", text


def _is_finite(value: Any) -> bool:
    """Tell whether JSON can hold all numbers of a value."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def _kind_of_list(values: list[Any]) -> str:
    if not values:
        return "array"
    kinds = {_cell_of(value)[0] if value is not None else "null" for value in values}
    if "" in kinds:
        return ""
    if kinds <= {"integer", "number"}:
        return "array of number" if "number" in kinds else "array of integer"
    return "array of string" if kinds == {"string"} else "object/json"


def compact(value: Any) -> str:
    """Write JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
