"""Hold a document against the official schema, and say plainly what is wrong.

Where one of several schemas must fit, the validator tells what is wrong with each. Only
the branch that was meant is of use: the one whose faults lie deepest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from .meta_schemas import meta_schema
from .nodes import Node
from .rule import Breach
from .sentences import Sentence

_MAX_ERRORS = 2000
_MISSING = Sentence(
    "De verplichte eigenschap '{name}' ontbreekt.",
    "The required property '{name}' is missing.",
)
_UNKNOWN = Sentence(
    "De eigenschap '{name}' hoort hier niet.",
    "The property '{name}' does not belong here.",
)
_TYPE = Sentence(
    "De waarde moet van het type {type} zijn.",
    "The value must be of type {type}.",
)
_CHOICE = Sentence(
    "De waarde {value} is hier niet toegestaan.",
    "The value {value} is not allowed here.",
)
_PATTERN = Sentence(
    "De waarde {value} heeft niet de voorgeschreven vorm.",
    "The value {value} does not have the prescribed form.",
)
_OTHER = Sentence(
    "De waarde voldoet niet aan '{keyword}' van het schema van OpenAPI.",
    "The value does not meet '{keyword}' of the schema of OpenAPI.",
)
_ONE_OF = Sentence(
    "Een van deze eigenschappen is verplicht: {names}.",
    "One of these properties is required: {names}.",
)
_NAMING = (["type"], ["in"])
_SIMPLE = {"enum": _CHOICE, "const": _CHOICE, "pattern": _PATTERN}


def breaches_of_schema(root: Node, family: str) -> Iterator[Breach]:
    """Yield where a document does not fit the official schema of its family."""
    errors = _leaves(root, meta_schema(family))
    within = {path for error in errors for path in _above(error)}
    found = [one for error in errors for one in _breaches(root, error, within)]
    explained = {one.node.keys for one in found if one.sentence is not _OTHER}
    for breach in found:
        if breach.sentence is not _OTHER or breach.node.keys not in explained:
            yield breach


def _leaves(root: Node, validator: Any) -> list[Any]:
    """List the errors that say what is wrong, not that something within is."""
    waiting = []
    for error in validator.iter_errors(root.value):
        waiting.append(error)
        if len(waiting) == _MAX_ERRORS:
            break
    waiting.reverse()
    found: list[Any] = []
    while waiting and len(found) < _MAX_ERRORS:
        error = waiting.pop()
        branches = getattr(error.kind, "context", None)
        meant = _meant(root, error, branches) if branches else None
        if meant:
            waiting.extend(reversed(meant))
        else:
            found.append(error)
    return found


def _meant(root: Node, error: Any, branches: list[list[Any]]) -> list[Any] | None:
    """Return the errors of the branch that was meant, if that can be told."""
    is_reference = "$ref" in _node(root, error.instance_path).mapping
    suits = _is_about_reference if is_reference else _is_no_reference
    told = [errors for errors in branches if errors and suits(errors)]
    if not told:
        return None
    told = [errors for errors in told if not _names_another(errors)] or told
    deepest = max(told, key=_depth)
    is_clear = len(told) == 1 or _depth(deepest) > len(error.instance_path)
    return deepest if is_clear else None


def _depth(errors: list[Any]) -> int:
    return max(len(error.instance_path) for error in errors)


def _names_another(errors: list[Any]) -> bool:
    """Tell whether the value says of itself that it is another kind, as by `type`."""
    return any(
        error.kind.name in ("enum", "const") and error.instance_path[-1:] in _NAMING
        for error in errors
    )


def _is_about_reference(errors: list[Any]) -> bool:
    return any(error.instance_path[-1:] == ["$ref"] for error in errors)


def _is_no_reference(errors: list[Any]) -> bool:
    """Tell whether the branch is another one than that of a reference."""
    return all(getattr(error.kind, "property", "") != "$ref" for error in errors)


def _above(error: Any) -> Iterator[tuple[str, ...]]:
    path = tuple(map(str, error.instance_path))
    yield from (path[:length] for length in range(1, len(path) + 1))


def _breaches(root: Node, error: Any, within: set[tuple[str, ...]]) -> Iterator[Breach]:
    node = _node(root, error.instance_path)
    kind = error.kind
    unexpected = getattr(kind, "unexpected", None)
    if unexpected is not None:
        yield from _unexpected(node, unexpected, within)
    elif isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        yield Breach(node, {"name": kind.property}, _MISSING)
    elif isinstance(kind, jsonschema_rs.ValidationErrorKind.Type):
        yield Breach(node, {"type": " / ".join(kind.types)}, _TYPE)
    elif kind.name in _SIMPLE:
        yield Breach(node, {"value": node.value}, _SIMPLE[kind.name])
    elif alternatives := _alternatives(kind):
        yield Breach(node, {"names": ", ".join(alternatives)}, _ONE_OF)
    else:
        yield Breach(node, {"keyword": kind.name}, _OTHER)


def _alternatives(kind: Any) -> list[str]:
    """List the properties of which one is missing, when that is all that is wrong."""
    branches = getattr(kind, "context", None) or [[]]
    names = [[getattr(e.kind, "property", None) for e in errors] for errors in branches]
    if not all(len(one) == 1 and isinstance(one[0], str) for one in names):
        return []
    return [str(one[0]) for one in names if one[0] != "$ref"]


def _unexpected(
    node: Node, names: list[Any], within: set[tuple[str, ...]]
) -> Iterator[Breach]:
    """What holds a fault counts as unexpected too: that says nothing new."""
    for name in names:
        child = node.child(name)
        if child is not None and tuple(map(str, child.keys)) not in within:
            yield Breach(child, {"name": str(name)}, _UNKNOWN)


def _node(root: Node, path: list[Any]) -> Node:
    """Find the value: the validator writes a key of digits as a number."""
    node = root
    for key in path:
        below = node.child(key)
        if below is None:
            return node
        node = below
    return node
