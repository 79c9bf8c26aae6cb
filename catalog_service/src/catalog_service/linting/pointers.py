"""JSON pointers (RFC 6901): where in a document something stands."""

from __future__ import annotations

from urllib.parse import unquote

Key = str | int
Keys = tuple[Key, ...]


def pointer_of(keys: Keys) -> str:
    """Write the pointer to what stands under the keys, one within the other."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def keys_of(reference: str) -> tuple[str, ...]:
    """Read the keys in a reference of the form `#/a/b` (RFC 6901 §6)."""
    parts = unquote(reference[1:]).split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def is_internal(reference: str) -> bool:
    """Tell whether a reference is a pointer into the document that holds it."""
    return reference == "#" or reference.startswith("#/")
