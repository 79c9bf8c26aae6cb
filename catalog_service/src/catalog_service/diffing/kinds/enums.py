"""The values that are allowed, when those are listed.

A request breaks when a value goes; a response does when one comes that the client
never heard of, but many clients are made to bear that: a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import (
    RECEIVED,
    SENT,
    Event,
    Found,
    Scope,
    kinds_of,
)
from catalog_service.diffing.nodes import canonical
from catalog_service.diffing.pairs import SchemaPair
from catalog_service.diffing.schemas import Schema

_MANY = 5


def _const(schema: Schema) -> str | None:
    keywords = schema.keywords
    return canonical(keywords["const"]) if "const" in keywords else None


def _listed(values: list[str]) -> str:
    shown = ", ".join(value[:60] for value in values[:_MANY])
    more = len(values) - _MANY
    return f"{shown} and {more} more" if more > 0 else shown


def _gone(pair: SchemaPair, *, added: bool) -> Iterator[Found]:
    old, new = pair.old.enum, pair.new.enum
    if old is None or new is None:
        return
    base, other = (new, old) if added else (old, new)
    values = [value for value in base if value not in other]
    if values:
        yield Found({"values": _listed(values)})


def _listing(pair: SchemaPair, *, begins: bool) -> Iterator[Found]:
    """Find that a list came where any value would do, or went."""
    base, other = (pair.new, pair.old) if begins else (pair.old, pair.new)
    if base.enum is not None and other.enum is None and _const(other) is None:
        yield Found({"values": _listed(list(base.enum))})


def _fixing(pair: SchemaPair, *, begins: bool) -> Iterator[Found]:
    """Find that the one value came or went; a list of just that is the same."""
    base, other = (pair.new, pair.old) if begins else (pair.old, pair.new)
    value = _const(base)
    if value is not None and _const(other) is None and set(other.enum or ()) != {value}:
        yield Found({"values": value[:60]})


def _fixed_changed(pair: SchemaPair) -> Iterator[Found]:
    old, new = _const(pair.old), _const(pair.new)
    if old is not None and new is not None and old != new:
        yield Found({"old": old[:60], "new": new[:60]})


def _open_list_shrunk(pair: SchemaPair) -> Iterator[Found]:
    name = "x-extensible-enum"
    old, new = (side.keywords.get(name) for side in (pair.old, pair.new))
    if not isinstance(old, list) or not isinstance(new, list):
        return
    left = {canonical(value) for value in new}
    values = [text for text in map(canonical, old) if text not in left]
    if values:
        yield Found({"values": _listed(values)})


_A, _AB, _ANY = {"enum": ["a"]}, {"enum": ["a", "b"]}, {"type": "string"}
_ONE, _OTHER = {"const": "a"}, {"const": "b"}
_OPEN, _OPEN_LESS = {"x-extensible-enum": ["a", "b"]}, {"x-extensible-enum": ["a"]}
_LISTED, _FIXED = {**_ANY, **_A}, {**_ANY, **_ONE}
_ENUM, _EITHER = ("enum",), ("const", "enum")

_EVENTS = {
    "enum-introduced": Event(partial(_listing, begins=True), (_ANY, _LISTED), _ENUM),
    "enum-lifted": Event(partial(_listing, begins=False), (_LISTED, _ANY), _ENUM),
    "enum-value-removed": Event(partial(_gone, added=False), (_AB, _A), _ENUM),
    "enum-value-added": Event(partial(_gone, added=True), (_A, _AB), _ENUM),
    "extensible-enum-value-removed": Event(
        _open_list_shrunk, (_OPEN, _OPEN_LESS), ("x-extensible-enum",)
    ),
    "const-introduced": Event(partial(_fixing, begins=True), (_ANY, _FIXED), _EITHER),
    "const-changed": Event(_fixed_changed, (_ONE, _OTHER), ("const",)),
    "const-lifted": Event(partial(_fixing, begins=False), (_FIXED, _ANY), _EITHER),
}
_REQUEST = {
    "enum-introduced": (Level.BREAKING, "{subject} is now limited to {values}."),
    "enum-lifted": (Level.INFO, "{subject} is no longer limited to {values}."),
    "enum-value-removed": (Level.BREAKING, "{subject} no longer allows {values}."),
    "enum-value-added": (Level.INFO, "{subject} also allows {values}."),
    "extensible-enum-value-removed": (
        Level.BREAKING,
        "{subject} no longer knows {values}.",
    ),
    "const-introduced": (Level.BREAKING, "{subject} must now be {values}."),
    "const-changed": (Level.BREAKING, "{subject} must be {new}, where it was {old}."),
    "const-lifted": (Level.INFO, "{subject} need no longer be {values}."),
}
_RESPONSE = {
    "enum-introduced": (Level.INFO, "{subject} is now limited to {values}."),
    "enum-lifted": (Level.WARNING, "{subject} is no longer limited to {values}."),
    "enum-value-added": (Level.WARNING, "{subject} may also be {values}."),
    "enum-value-removed": (Level.INFO, "{subject} is never {values} any more."),
    "const-introduced": (Level.INFO, "{subject} is now always {values}."),
    "const-changed": (Level.BREAKING, "{subject} is always {new}, where it was {old}."),
    "const-lifted": (Level.BREAKING, "{subject} is no longer always {values}."),
}
_of_schemas = partial(kinds_of, _EVENTS, scope=Scope.SCHEMA)
KINDS = (
    *_of_schemas(_REQUEST, way="request", places=SENT),
    *_of_schemas(_RESPONSE, way="response", places=RECEIVED),
)
