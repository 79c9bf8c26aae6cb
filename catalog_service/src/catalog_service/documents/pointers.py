"""JSON pointers (RFC 6901), and the references of a document that are pointers."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

_INDEX = re.compile(r"0|[1-9][0-9]*", re.ASCII)
MISSING = object()


def pointer_of(*keys: str | int) -> str:
    """Write the pointer to what stands under the keys, one within the other."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def keys_of(reference: str) -> tuple[str, ...]:
    """Read the keys in a reference of the form #/a/b (RFC 6901 §6)."""
    parts = unquote(reference[1:]).split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def is_internal(reference: str) -> bool:
    """Tell whether a reference points into the document that holds it."""
    return reference == "#" or reference.startswith("#/")


def find(document: Any, reference: str) -> Any:
    """Return what an internal reference points at, or MISSING."""
    value = document
    for key in keys_of(reference):
        if isinstance(value, dict):
            value = value.get(key, MISSING)
        elif isinstance(value, list) and _INDEX.fullmatch(key) and len(key) < 9:
            value = value[int(key)] if int(key) < len(value) else MISSING
        else:
            return MISSING
    return value


def resolve(document: Any, value: Any) -> Any:
    """Follow a value that is an internal reference to what it stands for.

    Returns MISSING when that is outside the document, nowhere, or the reference itself.
    """
    seen: set[str] = set()
    while isinstance(value, dict) and isinstance(value.get("$ref"), str):
        reference = value["$ref"]
        if reference in seen or not is_internal(reference):
            return MISSING
        seen.add(reference)
        value = find(document, reference)
    return value
