"""The values that are allowed, when those are listed.

A request breaks when a value goes; a response does when one comes that the client
never heard of, but many clients are made to bear that: a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import RECEIVED, SENT, Found, Kind, Scope
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
_sent = partial(Kind, scope=Scope.SCHEMA, places=SENT)
_received = partial(Kind, scope=Scope.SCHEMA, places=RECEIVED)
_enum = ("enum",)
_const_or_enum = ("const", "enum")

KINDS = (
    _sent(
        id="request-enum-introduced",
        level=Level.BREAKING,
        sentence="{subject} is now limited to {values}.",
        example=(_ANY, {**_ANY, **_A}),
        watches=_enum,
        find=lambda pair: _listing(pair, begins=True),
    ),
    _sent(
        id="request-enum-lifted",
        level=Level.INFO,
        sentence="{subject} is no longer limited to {values}.",
        example=({**_ANY, **_A}, _ANY),
        watches=_enum,
        find=lambda pair: _listing(pair, begins=False),
    ),
    _sent(
        id="request-enum-value-removed",
        level=Level.BREAKING,
        sentence="{subject} no longer allows {values}.",
        example=(_AB, _A),
        watches=_enum,
        find=lambda pair: _gone(pair, added=False),
    ),
    _sent(
        id="request-enum-value-added",
        level=Level.INFO,
        sentence="{subject} also allows {values}.",
        example=(_A, _AB),
        watches=_enum,
        find=lambda pair: _gone(pair, added=True),
    ),
    _sent(
        id="request-extensible-enum-value-removed",
        level=Level.BREAKING,
        sentence="{subject} no longer knows {values}.",
        example=({"x-extensible-enum": ["a", "b"]}, {"x-extensible-enum": ["a"]}),
        watches=("x-extensible-enum",),
        find=_open_list_shrunk,
    ),
    _sent(
        id="request-const-introduced",
        level=Level.BREAKING,
        sentence="{subject} must now be {values}.",
        example=(_ANY, {**_ANY, **_ONE}),
        watches=_const_or_enum,
        find=lambda pair: _fixing(pair, begins=True),
    ),
    _sent(
        id="request-const-changed",
        level=Level.BREAKING,
        sentence="{subject} must be {new}, where it was {old}.",
        example=(_ONE, _OTHER),
        watches=("const",),
        find=_fixed_changed,
    ),
    _sent(
        id="request-const-lifted",
        level=Level.INFO,
        sentence="{subject} need no longer be {values}.",
        example=({**_ANY, **_ONE}, _ANY),
        watches=_const_or_enum,
        find=lambda pair: _fixing(pair, begins=False),
    ),
    _received(
        id="response-enum-introduced",
        level=Level.INFO,
        sentence="{subject} is now limited to {values}.",
        example=(_ANY, {**_ANY, **_A}),
        watches=_enum,
        find=lambda pair: _listing(pair, begins=True),
    ),
    _received(
        id="response-enum-lifted",
        level=Level.WARNING,
        sentence="{subject} is no longer limited to {values}.",
        example=({**_ANY, **_A}, _ANY),
        watches=_enum,
        find=lambda pair: _listing(pair, begins=False),
    ),
    _received(
        id="response-enum-value-added",
        level=Level.WARNING,
        sentence="{subject} may also be {values}.",
        example=(_A, _AB),
        watches=_enum,
        find=lambda pair: _gone(pair, added=True),
    ),
    _received(
        id="response-enum-value-removed",
        level=Level.INFO,
        sentence="{subject} is never {values} any more.",
        example=(_AB, _A),
        watches=_enum,
        find=lambda pair: _gone(pair, added=False),
    ),
    _received(
        id="response-const-introduced",
        level=Level.INFO,
        sentence="{subject} is now always {values}.",
        example=(_ANY, {**_ANY, **_ONE}),
        watches=_const_or_enum,
        find=lambda pair: _fixing(pair, begins=True),
    ),
    _received(
        id="response-const-changed",
        level=Level.BREAKING,
        sentence="{subject} is always {new}, where it was {old}.",
        example=(_ONE, _OTHER),
        watches=("const",),
        find=_fixed_changed,
    ),
    _received(
        id="response-const-lifted",
        level=Level.BREAKING,
        sentence="{subject} is no longer always {values}.",
        example=({**_ANY, **_ONE}, _ANY),
        watches=_const_or_enum,
        find=lambda pair: _fixing(pair, begins=False),
    ),
)
