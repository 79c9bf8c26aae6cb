"""Texts out of a document, where anything may stand."""

from __future__ import annotations

from typing import Any

# Characters that turn the direction of what follows, so that it reads as another text
# (Unicode TR 36 §3.4); languages that run to the left do without.
_TURNING = {
    code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def text_of(value: Any, *, at_most: int = 2000) -> str:
    """Return a string; a number as it is written, nothing for anything else.

    Characters that would turn the direction of the text are written out.
    """
    if isinstance(value, str):
        return turned_back(value[:at_most])
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def turned_back(text: str) -> str:
    """Write out the characters that would turn the direction of a text."""
    return text.translate(_TURNING)


def object_of(value: Any) -> dict[str, Any]:
    """Return an object, empty when the value is something else."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return a list, empty when the value is something else."""
    return value if isinstance(value, list) else []
