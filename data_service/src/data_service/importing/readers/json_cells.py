"""Values of JSON as cells: the kind of each, and the text in which it is staged."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from data_service.importing.faults import UNSTORABLE

_BIGINT = 2**63


def why_not_stored(kind: str, text: str) -> str:
    """Say why a value cannot be stored; empty when it can."""
    if not kind:
        return "is no number that can be stored"
    if UNSTORABLE.search(text) or (kind != "string" and "\\u0000" in text):
        return "has a NUL character or half a surrogate pair"
    return ""


def cell_of(value: Any) -> tuple[str, str]:
    """Give the type name and the text of a JSON value; no type when it has none."""
    if isinstance(value, str):
        return "string", value
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    if isinstance(value, int):
        kind = "integer" if -_BIGINT <= value < _BIGINT else "number"
        return kind, str(value)
    if isinstance(value, float):
        return "number" if isfinite(value) else "", repr(value)
    kind = _kind_of_list(value) if isinstance(value, list) else "object/json"
    return kind, compact(value)


def _kind_of_list(values: list[Any]) -> str:
    if not values:
        return "array"
    kinds = {cell_of(value)[0] if value is not None else "null" for value in values}
    if kinds <= {"integer", "number"}:
        return "array of number" if "number" in kinds else "array of integer"
    return "array of string" if kinds == {"string"} else "object/json"


def compact(value: Any) -> str:
    """Write JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
