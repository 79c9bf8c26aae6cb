"""Walk through a value, whatever its depth, and refuse what cannot be stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .errors import CharacterError, TooComplexError
from .limits import MAX_DEPTH, MAX_NODES

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def check_value(value: Any) -> None:
    """Raise TooComplexError or CharacterError when the value breaks a limit.

    PostgreSQL stores neither NUL nor half of a surrogate pair, and UTF-8 has no bytes
    for the latter.
    """
    for count, (node, depth) in enumerate(_walk(value), start=1):
        if count > MAX_NODES:
            raise TooComplexError(f"more than {MAX_NODES:,} values")
        if depth > MAX_DEPTH:
            raise TooComplexError(f"nested more than {MAX_DEPTH} deep")
        if isinstance(node, str):
            check_text(node)
        elif isinstance(node, dict):
            for key in node:
                check_text(key)


def check_text(text: str, *, line: int = 0) -> None:
    """Raise CharacterError when a string holds what cannot be stored."""
    if "\0" not in text and text.isascii():
        return
    found = _UNSTORABLE.search(text)
    if found:
        code = ord(found.group())
        raise CharacterError(f"a string holds the character U+{code:04X}", line=line)


def _walk(value: Any) -> Iterator[tuple[Any, int]]:
    """Yield every value with its depth: 1 for the whole, 2 for what is in it."""
    waiting = [(value, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        if isinstance(node, dict):
            waiting.extend((child, depth + 1) for child in node.values())
        elif isinstance(node, list):
            waiting.extend((child, depth + 1) for child in node)
