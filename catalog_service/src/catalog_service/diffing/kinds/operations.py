"""Operations that come and go, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.nodes import Node
from catalog_service.diffing.promises import (
    STABILITY,
    Promise,
    promise_of,
    promises_nothing,
    stability_of,
)
from catalog_service.diffing.sides import Sides


def _removed(sides: Sides) -> tuple[Node, Promise] | None:
    """Give a removed operation that had promised something."""
    if sides.new is not None or sides.old is None:
        return None
    if promises_nothing(sides.old.mapping):
        return None
    return sides.old, promise_of(sides.old.mapping)


def _gone_unannounced(sides: Sides, *, whole: bool) -> Iterator[Found]:
    removed = _removed(sides)
    if removed and not removed[1].deprecated and sides.whole is whole:
        yield Found()


def _gone_early(sides: Sides) -> Iterator[Found]:
    removed = _removed(sides)
    sunset = removed[1].date if removed and removed[1].deprecated else None
    if sunset and sunset > sides.today:
        yield Found({"date": sunset.isoformat()})


def _gone_unreadable(sides: Sides) -> Iterator[Found]:
    removed = _removed(sides)
    if removed and removed[1].deprecated and removed[1].is_unreadable:
        yield Found({"date": str(removed[1].sunset)[:60]})


def _gone_as_announced(sides: Sides) -> Iterator[Found]:
    removed = _removed(sides)
    if not removed or not removed[1].deprecated or removed[1].is_unreadable:
        return
    if (removed[1].date or sides.today) <= sides.today:
        yield Found()


def _gone_young(sides: Sides) -> Iterator[Found]:
    if sides.is_removed and sides.old and promises_nothing(sides.old.mapping):
        yield Found({"level": stability_of(sides.old.mapping)})


def _came(sides: Sides) -> Iterator[Found]:
    if sides.is_added:
        yield Found()


def _less_stable(sides: Sides) -> Iterator[Found]:
    both = sides.both()
    if not both:
        return
    old, new = (stability_of(side.mapping) for side in both)
    known = old in STABILITY and (new is None or new in STABILITY)
    if known and STABILITY.index(str(old)) > (STABILITY.index(new) if new else -1):
        yield Found({"old": old, "new": new or "none"})


def _unknown_stability(sides: Sides) -> Iterator[Found]:
    both = sides.both()
    level = stability_of(both[1].mapping) if both else None
    if both and level not in (None, *STABILITY, stability_of(both[0].mapping)):
        yield Found({"level": str(level)[:60]})


def _id_changed(sides: Sides) -> Iterator[Found]:
    both = sides.both()
    old, new = (side.child("operationId").text for side in both) if both else ("", "")
    if both and old != new:
        pointers = (f"{side.pointer}/operationId" for side in both)
        yield Found({"old": old or "none", "new": new or "none"}, *pointers)


def _tags(sides: Sides, *, added: bool) -> Iterator[Found]:
    both = sides.both()
    if not both:
        return
    old, new = (side.texts("tags") for side in both)
    base, other = (new, set(old)) if added else (old, set(new))
    yield from (Found({"name": name}) for name in base if name not in other)


def _item(**operation: object) -> dict[str, object]:
    return {"get": {"responses": {"200": {"description": "Fine"}}, **operation}}


_OPERATION = partial(Kind, scope=Scope.OPERATION)
_OTHER = {"post": {"responses": {"204": {"description": "Done"}}}}
_SOON, _PAST = {"x-sunset": "2999-01-01"}, {"x-sunset": "2001-01-01"}

KINDS = (
    _OPERATION(
        id="operation-removed",
        level=Level.BREAKING,
        sentence="{subject} is gone without having been deprecated.",
        example=({**_item(), **_OTHER}, _OTHER),
        find=lambda sides: _gone_unannounced(sides, whole=False),
    ),
    _OPERATION(
        id="path-removed",
        level=Level.BREAKING,
        sentence="{subject} is gone with its path, without having been deprecated.",
        example=(_item(), None),
        find=lambda sides: _gone_unannounced(sides, whole=True),
    ),
    _OPERATION(
        id="operation-removed-before-sunset",
        level=Level.BREAKING,
        sentence="{subject} is gone before its sunset of {date}.",
        example=({**_item(deprecated=True, **_SOON), **_OTHER}, _OTHER),
        find=_gone_early,
    ),
    _OPERATION(
        id="operation-removed-with-unreadable-sunset",
        level=Level.BREAKING,
        sentence="{subject} is gone and its sunset '{date}' is no date.",
        example=(
            {**_item(deprecated=True, **{"x-sunset": "soon"}), **_OTHER},
            _OTHER,
        ),
        find=_gone_unreadable,
    ),
    _OPERATION(
        id="operation-removed-as-announced",
        level=Level.INFO,
        sentence="{subject} is gone, as its deprecation announced.",
        example=({**_item(deprecated=True, **_PAST), **_OTHER}, _OTHER),
        find=_gone_as_announced,
    ),
    _OPERATION(
        id="unstable-operation-removed",
        level=Level.INFO,
        sentence="{subject} is gone; its stability level was {level}.",
        example=({**_item(**{"x-stability-level": "alpha"}), **_OTHER}, _OTHER),
        find=_gone_young,
    ),
    _OPERATION(
        id="operation-added",
        level=Level.INFO,
        sentence="{subject} is new.",
        example=(_OTHER, {**_item(), **_OTHER}),
        find=_came,
    ),
    _OPERATION(
        id="stability-lowered",
        level=Level.BREAKING,
        sentence="{subject} went from stability level {old} to {new}.",
        example=(
            _item(**{"x-stability-level": "stable"}),
            _item(**{"x-stability-level": "beta"}),
        ),
        find=_less_stable,
    ),
    _OPERATION(
        id="stability-unknown",
        level=Level.BREAKING,
        sentence="{subject} has the stability level '{level}', which promises nothing "
        "that is known: use draft, alpha, beta or stable.",
        example=(_item(), _item(**{"x-stability-level": "shaky"})),
        find=_unknown_stability,
    ),
    _OPERATION(
        id="operation-id-changed",
        level=Level.INFO,
        sentence="{subject} has another operationId: {old} became {new}.",
        example=(_item(operationId="a"), _item(operationId="b")),
        find=_id_changed,
    ),
    _OPERATION(
        id="tag-added",
        level=Level.INFO,
        sentence="{subject} has the new tag '{name}'.",
        example=(_item(), _item(tags=["a"])),
        find=lambda sides: _tags(sides, added=True),
    ),
    _OPERATION(
        id="tag-removed",
        level=Level.INFO,
        sentence="{subject} lost the tag '{name}'.",
        example=(_item(tags=["a"]), _item()),
        find=lambda sides: _tags(sides, added=False),
    ),
)
