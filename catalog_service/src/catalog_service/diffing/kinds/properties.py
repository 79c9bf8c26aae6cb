"""The properties of objects, and which of them are required.

A client that sends must not be asked for more; a client that receives must not be
given less. A property that never travels this way (read-only in a request,
write-only in a response) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import RECEIVED, SENT, Found, Kind, Scope
from catalog_service.diffing.pairs import SchemaPair
from catalog_service.diffing.schemas import Schema, Views

_IDLE = {"request": "readOnly", "response": "writeOnly", "parameter": "readOnly"}


def _has(views: Views, schema: Schema, name: str, keyword: str) -> bool:
    return keyword in views.view(schema.properties[name]).keywords


def _travels(views: Views, schema: Schema, name: str, pair: SchemaPair) -> bool:
    flag = _IDLE.get(pair.use.place)
    return flag is None or not _has(views, schema, name, flag)


def _come(pair: SchemaPair, *, required: bool) -> Iterator[Found]:
    views, new = pair.new_views, pair.new
    for name in sorted(new.properties.keys() - pair.old.properties.keys()):
        fits = (name in new.required) is required
        if fits and _travels(views, new, name, pair):
            yield Found({"name": name}, new=new.properties[name][0].pointer)


def _demanded(pair: SchemaPair, *, default: bool) -> Iterator[Found]:
    for found in _come(pair, required=True):
        name = str(found.words["name"])
        if _has(pair.new_views, pair.new, name, "default") is default:
            yield found


def _gone(pair: SchemaPair, *, required: bool | None = None) -> Iterator[Found]:
    views, old = pair.old_views, pair.old
    for name in sorted(old.properties.keys() - pair.new.properties.keys()):
        fits = required is None or (name in old.required) is required
        if fits and _travels(views, old, name, pair):
            yield Found({"name": name}, old=old.properties[name][0].pointer)


def _kept(pair: SchemaPair, names: frozenset[str]) -> Iterator[tuple[str, Found]]:
    both = pair.old.properties.keys() & pair.new.properties.keys()
    for name in sorted(names & both):
        if _travels(pair.new_views, pair.new, name, pair):
            old, new = (s.properties[name][0].pointer for s in (pair.old, pair.new))
            yield name, Found({"name": name}, old, new)


def _asked(pair: SchemaPair, *, default: bool) -> Iterator[Found]:
    for name, found in _kept(pair, pair.new.required - pair.old.required):
        if _has(pair.new_views, pair.new, name, "default") is default:
            yield found


def _promised(pair: SchemaPair) -> Iterator[Found]:
    names = pair.new.required - pair.old.required
    yield from (found for _, found in _kept(pair, names))


def _released(pair: SchemaPair) -> Iterator[Found]:
    names = pair.old.required - pair.new.required
    yield from (found for _, found in _kept(pair, names))


def _undeclared(pair: SchemaPair) -> Iterator[Found]:
    known = pair.new.properties.keys() | pair.old.properties.keys()
    for name in sorted(pair.new.required - pair.old.required - known):
        yield Found({"name": name})


def _object(*names: str, required: tuple[str, ...] = (), **rest: object) -> object:
    properties = {name: {"type": "string", **rest} for name in names}
    return {"type": "object", "properties": properties, "required": list(required)}


_sent = partial(Kind, scope=Scope.SCHEMA, places=SENT)
_received = partial(Kind, scope=Scope.SCHEMA, places=RECEIVED)
_NAMES = ("properties",)
_REQUIRED = ("required",)

KINDS = (
    _sent(
        id="request-required-property-added",
        level=Level.BREAKING,
        sentence="{subject} must now have property '{name}'.",
        example=(_object("a"), _object("a", "b", required=("b",))),
        watches=_NAMES,
        find=lambda pair: _demanded(pair, default=False),
    ),
    _sent(
        id="request-required-property-with-default-added",
        level=Level.WARNING,
        sentence="{subject} must now have property '{name}', which has a default.",
        example=(_object(), _object("b", required=("b",), default="x")),
        watches=_NAMES,
        find=lambda pair: _demanded(pair, default=True),
    ),
    _sent(
        id="request-optional-property-added",
        level=Level.INFO,
        sentence="{subject} may have property '{name}'.",
        example=(_object("a"), _object("a", "b")),
        watches=_NAMES,
        find=lambda pair: _come(pair, required=False),
    ),
    _sent(
        id="request-property-removed",
        level=Level.WARNING,
        sentence="{subject} no longer has property '{name}'.",
        example=(_object("a", "b"), _object("a")),
        watches=_NAMES,
        find=_gone,
    ),
    _sent(
        id="request-property-became-required",
        level=Level.BREAKING,
        sentence="{subject} must now have property '{name}', which was optional.",
        example=(_object("a"), _object("a", required=("a",))),
        watches=_REQUIRED,
        find=lambda pair: _asked(pair, default=False),
    ),
    _sent(
        id="request-property-with-default-became-required",
        level=Level.WARNING,
        sentence="{subject} must now have property '{name}', which has a default.",
        example=(
            _object("a", default="x"),
            _object("a", required=("a",), default="x"),
        ),
        watches=_REQUIRED,
        find=lambda pair: _asked(pair, default=True),
    ),
    _sent(
        id="request-undeclared-property-became-required",
        level=Level.WARNING,
        sentence="{subject} must now have '{name}', a property that is not described.",
        example=(_object("a"), _object("a", required=("b",))),
        watches=_REQUIRED,
        find=_undeclared,
    ),
    _sent(
        id="request-property-became-optional",
        level=Level.INFO,
        sentence="{subject} may do without property '{name}'.",
        example=(_object("a", required=("a",)), _object("a")),
        watches=_REQUIRED,
        find=_released,
    ),
    _received(
        id="response-required-property-removed",
        level=Level.BREAKING,
        sentence="{subject} no longer has property '{name}', which it always had.",
        example=(_object("a", "b", required=("b",)), _object("a")),
        watches=_NAMES,
        find=lambda pair: _gone(pair, required=True),
    ),
    _received(
        id="response-optional-property-removed",
        level=Level.WARNING,
        sentence="{subject} no longer has property '{name}'.",
        example=(_object("a", "b"), _object("a")),
        watches=_NAMES,
        find=lambda pair: _gone(pair, required=False),
    ),
    _received(
        id="response-property-became-optional",
        level=Level.BREAKING,
        sentence="{subject} may lack property '{name}', which it always had.",
        example=(_object("a", required=("a",)), _object("a")),
        watches=_REQUIRED,
        find=_released,
    ),
    _received(
        id="response-property-became-required",
        level=Level.INFO,
        sentence="{subject} always has property '{name}'.",
        example=(_object("a"), _object("a", required=("a",))),
        watches=_REQUIRED,
        find=_promised,
    ),
    _received(
        id="response-required-property-added",
        level=Level.INFO,
        sentence="{subject} always has the new property '{name}'.",
        example=(_object("a"), _object("a", "b", required=("b",))),
        watches=_NAMES,
        find=lambda pair: _come(pair, required=True),
    ),
    _received(
        id="response-optional-property-added",
        level=Level.INFO,
        sentence="{subject} may have the new property '{name}'.",
        example=(_object("a"), _object("a", "b")),
        watches=_NAMES,
        find=lambda pair: _come(pair, required=False),
    ),
)
