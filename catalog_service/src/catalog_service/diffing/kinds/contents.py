"""Request bodies and the media types of requests and responses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level, Place
from catalog_service.diffing.kind import Event, Found, Kind, Scope, kinds_of
from catalog_service.diffing.media import is_more_general, pair_media
from catalog_service.diffing.sides import Sides


def _body_added(sides: Sides, *, required: bool) -> Iterator[Found]:
    if sides.is_added and sides.new and sides.new.says("required") is required:
        yield Found()


def _body_removed(sides: Sides) -> Iterator[Found]:
    if sides.is_removed:
        yield Found()


def _body_required(sides: Sides, *, becomes: bool) -> Iterator[Found]:
    if sides.became("required", value=becomes):
        yield Found()


def _media_removed(sides: Sides) -> Iterator[Found]:
    for pair in pair_media(sides.old, sides.new):
        if pair.new is None and pair.old:
            yield Found({"name": pair.name}, old=pair.old.pointer)


def _media_added(sides: Sides) -> Iterator[Found]:
    for pair in pair_media(sides.old, sides.new):
        if pair.old is None and pair.new:
            yield Found({"name": pair.name}, new=pair.new.pointer)


def _media_changed(sides: Sides, *, general: bool) -> Iterator[Found]:
    for pair in pair_media(sides.old, sides.new):
        if not (pair.old and pair.new) or pair.old_name == pair.name:
            continue
        if is_more_general(pair.name, pair.old_name) is general:
            words = {"old": pair.old_name, "new": pair.name}
            yield Found(words, pair.old.pointer, pair.new.pointer)


def _schema(sides: Sides, *, added: bool) -> Iterator[Found]:
    for pair in pair_media(sides.old, sides.new):
        if not (pair.old and pair.new):
            continue
        old, new = pair.old.has("schema"), pair.new.has("schema")
        if old is not added and new is added:
            yield Found({"name": pair.name}, pair.old.pointer, pair.new.pointer)


def _content(*names: str) -> dict[str, object]:
    return {name: {"schema": {"type": "object"}} for name in names}


def _body(**rest: object) -> dict[str, object]:
    return {"content": _content("application/json"), **rest}


_of_body = partial(Kind, scope=Scope.BODY)
_JSON, _HAL, _CSV = "application/json", "application/hal+json", "text/csv"
_BARE: dict[str, object] = {_JSON: {}}
_ONE_TYPE, _TWO_TYPES = _content(_JSON), _content(_JSON, _CSV)
_SPECIAL, _GENERAL = (
    (_content(_JSON), _content(_HAL)),
    (_content(_HAL), _content(_JSON)),
)

_EVENTS = {
    "media-type-removed": Event(_media_removed, (_TWO_TYPES, _ONE_TYPE)),
    "media-type-added": Event(_media_added, (_ONE_TYPE, _TWO_TYPES)),
    "media-type-specialised": Event(partial(_media_changed, general=False), _SPECIAL),
    "media-type-generalised": Event(partial(_media_changed, general=True), _GENERAL),
    "schema-added": Event(partial(_schema, added=True), (_BARE, _ONE_TYPE)),
    "schema-removed": Event(partial(_schema, added=False), (_ONE_TYPE, _BARE)),
}
_REQUEST = {
    "media-type-removed": (Level.BREAKING, "{subject} can no longer be {name}."),
    "media-type-added": (Level.INFO, "{subject} can also be {name}."),
    "media-type-specialised": (
        Level.INFO,
        "{subject} is {new}, a special case of {old}.",
    ),
    "media-type-generalised": (
        Level.INFO,
        "{subject} is {new}, of which {old} is a special case.",
    ),
    "schema-added": (Level.WARNING, "{subject} as {name} now has a schema to meet."),
    "schema-removed": (
        Level.INFO,
        "{subject} as {name} no longer has a schema to meet.",
    ),
}
_RESPONSE = {
    "media-type-removed": (Level.BREAKING, "{subject} is no longer given as {name}."),
    "media-type-added": (Level.INFO, "{subject} is also given as {name}."),
    "media-type-generalised": (
        Level.BREAKING,
        "{subject} is given as {new}, no longer as the special case {old}.",
    ),
    "media-type-specialised": (
        Level.INFO,
        "{subject} is given as {new}, a special case of {old}.",
    ),
    "schema-removed": (Level.WARNING, "{subject} as {name} no longer has a schema."),
    "schema-added": (Level.INFO, "{subject} as {name} now has a schema."),
}
_of_contents = partial(kinds_of, _EVENTS, scope=Scope.CONTENT)

KINDS = (
    _of_body(
        id="required-body-added",
        level=Level.BREAKING,
        sentence="{subject} is new and required.",
        example=(None, _body(required=True)),
        find=lambda sides: _body_added(sides, required=True),
    ),
    _of_body(
        id="optional-body-added",
        level=Level.INFO,
        sentence="{subject} is new and optional.",
        example=(None, _body()),
        find=lambda sides: _body_added(sides, required=False),
    ),
    _of_body(
        id="body-removed",
        level=Level.BREAKING,
        sentence="{subject} is gone.",
        example=(_body(), None),
        find=_body_removed,
    ),
    _of_body(
        id="body-became-required",
        level=Level.BREAKING,
        sentence="{subject} is now required.",
        example=(_body(), _body(required=True)),
        find=lambda sides: _body_required(sides, becomes=True),
    ),
    _of_body(
        id="body-became-optional",
        level=Level.INFO,
        sentence="{subject} is now optional.",
        example=(_body(required=True), _body()),
        find=lambda sides: _body_required(sides, becomes=False),
    ),
    *_of_contents(_REQUEST, way="request", places=frozenset({Place.REQUEST})),
    *_of_contents(_RESPONSE, way="response", places=frozenset({Place.RESPONSE})),
)
