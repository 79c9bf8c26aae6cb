"""Request bodies and the media types of requests and responses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level, Place
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.media import is_more_general, pair_media
from catalog_service.diffing.sides import Sides


def _body_added(sides: Sides, *, required: bool) -> Iterator[Found]:
    if sides.is_added and sides.new and sides.new.says("required") is required:
        yield Found()


def _body_removed(sides: Sides) -> Iterator[Found]:
    if sides.is_removed:
        yield Found()


def _body_required(sides: Sides, *, becomes: bool) -> Iterator[Found]:
    both = sides.both()
    if not both:
        return
    old, new = (side.says("required") for side in both)
    if old is not becomes and new is becomes:
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
_request = partial(Kind, scope=Scope.CONTENT, places=frozenset({Place.REQUEST}))
_response = partial(Kind, scope=Scope.CONTENT, places=frozenset({Place.RESPONSE}))
_JSON, _HAL, _CSV = "application/json", "application/hal+json", "text/csv"
_BARE: dict[str, object] = {_JSON: {}}

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
    _request(
        id="request-media-type-removed",
        level=Level.BREAKING,
        sentence="{subject} can no longer be {name}.",
        example=(_content(_JSON, _CSV), _content(_JSON)),
        find=_media_removed,
    ),
    _request(
        id="request-media-type-added",
        level=Level.INFO,
        sentence="{subject} can also be {name}.",
        example=(_content(_JSON), _content(_JSON, _CSV)),
        find=_media_added,
    ),
    _request(
        id="request-media-type-specialised",
        level=Level.INFO,
        sentence="{subject} is {new}, a special case of {old}.",
        example=(_content(_JSON), _content(_HAL)),
        find=lambda sides: _media_changed(sides, general=False),
    ),
    _request(
        id="request-media-type-generalised",
        level=Level.INFO,
        sentence="{subject} is {new}, of which {old} is a special case.",
        example=(_content(_HAL), _content(_JSON)),
        find=lambda sides: _media_changed(sides, general=True),
    ),
    _request(
        id="request-schema-added",
        level=Level.WARNING,
        sentence="{subject} as {name} now has a schema to meet.",
        example=(_BARE, _content(_JSON)),
        find=lambda sides: _schema(sides, added=True),
    ),
    _request(
        id="request-schema-removed",
        level=Level.INFO,
        sentence="{subject} as {name} no longer has a schema to meet.",
        example=(_content(_JSON), _BARE),
        find=lambda sides: _schema(sides, added=False),
    ),
    _response(
        id="response-media-type-removed",
        level=Level.BREAKING,
        sentence="{subject} is no longer given as {name}.",
        example=(_content(_JSON, _CSV), _content(_JSON)),
        find=_media_removed,
    ),
    _response(
        id="response-media-type-added",
        level=Level.INFO,
        sentence="{subject} is also given as {name}.",
        example=(_content(_JSON), _content(_JSON, _CSV)),
        find=_media_added,
    ),
    _response(
        id="response-media-type-generalised",
        level=Level.BREAKING,
        sentence="{subject} is given as {new}, no longer as the special case {old}.",
        example=(_content(_HAL), _content(_JSON)),
        find=lambda sides: _media_changed(sides, general=True),
    ),
    _response(
        id="response-media-type-specialised",
        level=Level.INFO,
        sentence="{subject} is given as {new}, a special case of {old}.",
        example=(_content(_JSON), _content(_HAL)),
        find=lambda sides: _media_changed(sides, general=False),
    ),
    _response(
        id="response-schema-removed",
        level=Level.WARNING,
        sentence="{subject} as {name} no longer has a schema.",
        example=(_content(_JSON), _BARE),
        find=lambda sides: _schema(sides, added=False),
    ),
    _response(
        id="response-schema-added",
        level=Level.INFO,
        sentence="{subject} as {name} now has a schema.",
        example=(_BARE, _content(_JSON)),
        find=lambda sides: _schema(sides, added=True),
    ),
)
