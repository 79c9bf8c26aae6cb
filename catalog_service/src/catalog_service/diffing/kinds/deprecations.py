"""Announcements of an end, on operations, parameters and properties alike.

Announcing is no break. A date that nobody can read, that is past when it is
announced, that is taken back or brought forward, is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.pairs import SchemaPair
from catalog_service.diffing.promises import Promise, promise_of
from catalog_service.diffing.sides import Sides

Both = tuple[Promise, Promise, date]


def _of_sides(sides: Sides) -> Both | None:
    both = sides.both()
    if not both:
        return None
    return promise_of(both[0].mapping), promise_of(both[1].mapping), sides.today


def _of_schemas(pair: SchemaPair) -> Both | None:
    old, new = promise_of(pair.old.keywords), promise_of(pair.new.keywords)
    return old, new, pair.today


def _begun(old: Promise, new: Promise, _: date) -> str | None:
    if old.deprecated or not new.deprecated:
        return None
    return f" until {new.date}" if new.date else ""


def _withdrawn(old: Promise, new: Promise, _: date) -> str | None:
    return "" if old.deprecated and not new.deprecated else None


def _unreadable(old: Promise, new: Promise, _: date) -> str | None:
    fresh = new.deprecated and (new.sunset != old.sunset or not old.deprecated)
    return str(new.sunset)[:60] if fresh and new.is_unreadable else None


def _past(old: Promise, new: Promise, today: date) -> str | None:
    begins = not old.deprecated or (old.date and new.date and new.date < old.date)
    if not (new.deprecated and begins and new.date):
        return None
    return new.date.isoformat() if new.date < today else None


def _earlier(old: Promise, new: Promise, today: date) -> str | None:
    if not (old.deprecated and new.deprecated and old.date and new.date):
        return None
    return new.date.isoformat() if today <= new.date < old.date else None


def _dropped(old: Promise, new: Promise, _: date) -> str | None:
    deprecated = old.deprecated and new.deprecated
    return "" if deprecated and old.sunset and new.sunset is None else None


_EVENTS: tuple[
    tuple[str, Level, str, Callable[[Promise, Promise, date], str | None]], ...
] = (
    ("deprecated", Level.INFO, "is now deprecated{date}.", _begun),
    ("reactivated", Level.INFO, "is no longer deprecated.", _withdrawn),
    ("sunset-unreadable", Level.BREAKING, "ends on '{date}', no date.", _unreadable),
    ("sunset-past", Level.BREAKING, "ends on {date}, which is past.", _past),
    ("sunset-earlier", Level.WARNING, "ends earlier, on {date}.", _earlier),
    ("sunset-dropped", Level.BREAKING, "lost the date on which it ends.", _dropped),
)
_FAR = "2999-01-01"
_DATES: dict[str, tuple[tuple[bool, str | None], tuple[bool, str | None]]] = {
    "deprecated": ((False, None), (True, None)),
    "reactivated": ((True, None), (False, None)),
    "sunset-unreadable": ((False, None), (True, "soon")),
    "sunset-past": ((False, None), (True, "2001-01-01")),
    "sunset-earlier": ((True, _FAR), (True, "2998-01-01")),
    "sunset-dropped": ((True, _FAR), (True, None)),
}
_RESPONSES = {"responses": {"200": {"description": "Fine"}}}
_SHAPES: dict[str, tuple[Scope, Callable[[dict[str, object]], object]]] = {
    "operation": (Scope.OPERATION, lambda said: {"get": {**_RESPONSES, **said}}),
    "parameter": (
        Scope.PARAMETER,
        lambda said: [{"name": "a", "in": "query", "schema": {}, **said}],
    ),
    "property": (Scope.SCHEMA, lambda said: {"properties": {"a": {**said}}}),
}


def _example(thing: str, event: str) -> tuple[Any, Any]:
    shape = _SHAPES[thing][1]
    sides = []
    for deprecated, sunset in _DATES[event]:
        said: dict[str, object] = {"deprecated": True} if deprecated else {}
        sides.append(shape({**said, **({"x-sunset": sunset} if sunset else {})}))
    return sides[0], sides[1]


def _kind(
    thing: str,
    event: tuple[str, Level, str, Callable[[Promise, Promise, date], str | None]],
) -> Kind:
    name, level, sentence, test = event
    scope = _SHAPES[thing][0]

    def find(given: Any) -> Iterator[Found]:
        both = _of_schemas(given) if scope is Scope.SCHEMA else _of_sides(given)
        told = test(*both) if both else None
        if told is not None:
            yield Found({"date": told})

    return Kind(
        id=f"{thing}-{name}",
        level=level,
        sentence="{subject} " + sentence,
        example=_example(thing, name),
        scope=scope,
        find=find,
        watches=("deprecated", "x-sunset"),
    )


KINDS = tuple(_kind(thing, event) for thing in _SHAPES for event in _EVENTS)
