"""Parameters that come, go and become required."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.nodes import Node
from catalog_service.diffing.promises import Promise, promise_of
from catalog_service.diffing.sides import Sides

_STYLES = {"query": "form", "cookie": "form"}


def _is_required(node: Node) -> bool:
    return node.says("required") or _in(node) == "path"


def _in(node: Node) -> str:
    return node.child("in").text


def _added(sides: Sides, *, path: bool, required: bool) -> Iterator[Found]:
    if not sides.is_added or sides.new is None:
        return
    if (_in(sides.new) == "path") is path and _is_required(sides.new) is required:
        yield Found()


def _removed(sides: Sides) -> Promise | None:
    if not sides.is_removed or sides.old is None:
        return None
    return promise_of(sides.old.mapping)


def _gone_unannounced(sides: Sides) -> Iterator[Found]:
    promise = _removed(sides)
    if promise and not promise.deprecated:
        yield Found()


def _gone_announced(sides: Sides) -> Iterator[Found]:
    promise = _removed(sides)
    if not promise or not promise.deprecated or promise.is_unreadable:
        return
    if (promise.date or sides.today) <= sides.today:
        yield Found()


def _gone_early(sides: Sides) -> Iterator[Found]:
    promise = _removed(sides)
    if not promise or not promise.deprecated:
        return
    if promise.is_unreadable or (promise.date or sides.today) > sides.today:
        yield Found({"date": str(promise.sunset)[:60]})


def _required(sides: Sides, *, becomes: bool) -> Iterator[Found]:
    both = sides.both()
    if not both:
        return
    old, new = (_is_required(side) for side in both)
    if old is not becomes and new is becomes:
        yield Found()


def _style(node: Node) -> tuple[str, bool]:
    style = node.child("style").text or _STYLES.get(_in(node), "simple")
    explode = node.mapping.get("explode")
    return style, explode if isinstance(explode, bool) else style == "form"


def _written_otherwise(sides: Sides) -> Iterator[Found]:
    both = sides.both()
    if both and _style(both[0]) != _style(both[1]):
        old, new = (_style(side) for side in both)
        words = [f"{name}{' exploded' if split else ''}" for name, split in (old, new)]
        yield Found({"old": words[0], "new": words[1]})


def _one(**rest: object) -> list[dict[str, object]]:
    return [{"name": "a", "in": "query", "schema": {"type": "string"}, **rest}]


_parameter = partial(Kind, scope=Scope.PARAMETER)
_ENDS = {"deprecated": True, "x-sunset": "2999-01-01"}

KINDS = (
    _parameter(
        id="required-parameter-added",
        level=Level.BREAKING,
        sentence="{subject} is new and required.",
        example=([], _one(required=True)),
        find=lambda sides: _added(sides, path=False, required=True),
    ),
    _parameter(
        id="path-parameter-added",
        level=Level.BREAKING,
        sentence="{subject} is new.",
        example=([], _one(**{"in": "path"}, required=True)),
        find=lambda sides: _added(sides, path=True, required=True),
    ),
    _parameter(
        id="optional-parameter-added",
        level=Level.INFO,
        sentence="{subject} is new and optional.",
        example=([], _one()),
        find=lambda sides: _added(sides, path=False, required=False),
    ),
    _parameter(
        id="parameter-removed",
        level=Level.WARNING,
        sentence="{subject} is gone.",
        example=(_one(), []),
        find=_gone_unannounced,
    ),
    _parameter(
        id="parameter-removed-as-announced",
        level=Level.INFO,
        sentence="{subject} is gone, as its deprecation announced.",
        example=(_one(deprecated=True), []),
        find=_gone_announced,
    ),
    _parameter(
        id="parameter-removed-before-sunset",
        level=Level.BREAKING,
        sentence="{subject} is gone before its sunset of {date}.",
        example=(_one(**_ENDS), []),
        find=_gone_early,
    ),
    _parameter(
        id="parameter-became-required",
        level=Level.BREAKING,
        sentence="{subject} is now required.",
        example=(_one(), _one(required=True)),
        find=lambda sides: _required(sides, becomes=True),
    ),
    _parameter(
        id="parameter-became-optional",
        level=Level.INFO,
        sentence="{subject} is now optional.",
        example=(_one(required=True), _one()),
        find=lambda sides: _required(sides, becomes=False),
    ),
    _parameter(
        id="parameter-style-changed",
        level=Level.WARNING,
        sentence="{subject} is written in another style: {old} became {new}.",
        example=(_one(), _one(explode=False)),
        find=_written_otherwise,
    ),
)
