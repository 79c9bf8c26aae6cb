"""Types and formats, and whether null is allowed.

A client in a typed language is generated from type and format. So any change of
them breaks, but for those where the one holds every value of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level, Place
from catalog_service.diffing.kind import (
    RECEIVED,
    SENT,
    Event,
    Found,
    Kind,
    Scope,
    kinds_of,
)
from catalog_service.diffing.pairs import SchemaPair
from catalog_service.diffing.widths import holds, width_of


def _changed(pair: SchemaPair, *, wide: int, tolerated: bool) -> Iterator[Found]:
    """Find another type, by whether the side that must be wide holds the other."""
    old = width_of(pair.old, pair.old_views)
    new = width_of(pair.new, pair.new_views)
    sides = (old, new)
    held = holds(sides[wide], sides[1 - wide])
    if pair.use.textual and old.types != new.types:
        held = held or sides[wide].is_text
    if old != new and held is tolerated:
        yield Found({"old": old, "new": new})


def _null(pair: SchemaPair, *, gained: bool) -> Iterator[Found]:
    anything = pair.old.is_anything or pair.new.is_anything
    if pair.new.nullable is gained and not anything:
        yield Found()


_sent = partial(Kind, scope=Scope.SCHEMA, places=SENT)
_received = partial(Kind, scope=Scope.SCHEMA, places=RECEIVED)
_TYPE = ("type", "format")
_TEXT, _NULLABLE = {"type": "string"}, {"type": ["string", "null"]}
_NULL_EVENTS = {
    "null-allowed": Event(
        partial(_null, gained=True), (_TEXT, _NULLABLE), ("nullable",)
    ),
    "null-forbidden": Event(
        partial(_null, gained=False), (_NULLABLE, _TEXT), ("nullable",)
    ),
}
KINDS = (
    _sent(
        id="request-type-changed",
        level=Level.BREAKING,
        sentence="{subject} is of another type: {old} became {new}.",
        example=({"type": "string"}, {"type": "integer"}),
        watches=_TYPE,
        find=lambda pair: _changed(pair, wide=1, tolerated=False),
    ),
    _sent(
        id="request-type-widened",
        level=Level.INFO,
        sentence="{subject} allows a wider type: {old} became {new}.",
        example=({"type": "integer"}, {"type": "number"}),
        watches=_TYPE,
        find=lambda pair: _changed(pair, wide=1, tolerated=True),
    ),
    _received(
        id="response-type-changed",
        level=Level.BREAKING,
        sentence="{subject} is of another type: {old} became {new}.",
        example=({"type": "integer"}, {"type": "number"}),
        watches=_TYPE,
        find=lambda pair: _changed(pair, wide=0, tolerated=False),
    ),
    _received(
        id="response-type-narrowed",
        level=Level.INFO,
        sentence="{subject} is of a narrower type: {old} became {new}.",
        example=({"type": "number"}, {"type": "integer"}),
        watches=_TYPE,
        find=lambda pair: _changed(pair, wide=0, tolerated=True),
    ),
    *kinds_of(
        _NULL_EVENTS,
        {
            "null-forbidden": (Level.BREAKING, "{subject} may no longer be null."),
            "null-allowed": (Level.INFO, "{subject} may be null."),
        },
        scope=Scope.SCHEMA,
        way="request",
        places=frozenset({Place.REQUEST}),
    ),
    *kinds_of(
        _NULL_EVENTS,
        {
            "null-allowed": (Level.BREAKING, "{subject} may be null."),
            "null-forbidden": (Level.INFO, "{subject} is never null any more."),
        },
        scope=Scope.SCHEMA,
        way="response",
        places=frozenset({Place.RESPONSE}),
    ),
)
