"""Texts out of a document, where anything may stand."""

from __future__ import annotations

from typing import Any


def text_of(value: Any, *, at_most: int = 2000) -> str:
    """Return a string; a number as it is written, nothing for anything else."""
    if isinstance(value, str):
        return value[:at_most]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def object_of(value: Any) -> dict[str, Any]:
    """Return an object, empty when the value is something else."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return a list, empty when the value is something else."""
    return value if isinstance(value, list) else []
