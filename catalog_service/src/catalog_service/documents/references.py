"""Look at the references of a document without ever following one out of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .findings import ERROR, WARNING, Finding
from .pointers import MISSING, find, is_internal, pointer_of

EXTERNAL = "external reference not followed"
# What stands under these is an example of data, not part of the description.
_DATA = frozenset({"example", "examples", "default", "enum", "const", "value"})


def reference_findings(document: Any) -> Iterator[Finding]:
    """Yield a finding for each reference that leads out, nowhere, or round in a circle.

    A schema that contains itself is no circle: there, something stands in between.
    """
    circular: dict[str, bool] = {}
    for pointer, reference in _references(document):
        message = _fault(document, reference, circular)
        if message:
            severity = WARNING if message == EXTERNAL else ERROR
            yield Finding(pointer, message, severity)


def _fault(document: Any, reference: object, circular: dict[str, bool]) -> str:
    if not isinstance(reference, str):
        return "a reference must be a string"
    if reference.startswith("#") and not is_internal(reference):
        return ""  # an $anchor of JSON Schema
    if not is_internal(reference):
        return EXTERNAL
    if _is_circular(document, reference, circular):
        return "the reference leads back to itself"
    if find(document, reference) is MISSING:
        return f"nothing stands at {reference[:200]}"
    return ""


def _is_circular(document: Any, reference: str, known: dict[str, bool]) -> bool:
    """Follow references that are nothing but references; each of them only once."""
    chain: dict[str, None] = {}
    while reference not in known and reference not in chain:
        chain[reference] = None
        target = find(document, reference) if is_internal(reference) else MISSING
        following = target.get("$ref") if isinstance(target, dict) else None
        if not isinstance(following, str):
            known[reference] = False
            break
        reference = following
    known.update(dict.fromkeys(chain, known.get(reference, True)))
    return known[next(iter(chain), reference)]


def _references(document: Any) -> Iterator[tuple[str, object]]:
    """Yield every `$ref` with the pointer to the object that it stands in."""
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(document, ())]
    while waiting:
        node, keys = waiting.pop()
        if isinstance(node, list):
            waiting.extend((child, (*keys, i)) for i, child in enumerate(node))
        if not isinstance(node, dict):
            continue
        if "$ref" in node and not (keys and keys[-1] == "properties"):
            yield pointer_of(*keys), node["$ref"]
        in_names = bool(keys) and keys[-1] in ("properties", "parameters", "headers")
        waiting.extend(
            (child, (*keys, key))
            for key, child in node.items()
            if in_names or key not in _DATA
        )
