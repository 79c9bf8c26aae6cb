"""Statuses and headers of responses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.sides import Sides


def _status(sides: Sides, *, added: bool, success: bool) -> Iterator[Found]:
    happened = sides.is_added if added else sides.is_removed
    if happened and sides.name.startswith("2") is success:
        yield Found({"status": sides.name})


def _header_removed(sides: Sides, *, required: bool) -> Iterator[Found]:
    if sides.is_removed and sides.old and sides.old.says("required") is required:
        yield Found()


def _header_added(sides: Sides) -> Iterator[Found]:
    if sides.is_added:
        yield Found()


def _header_required(sides: Sides, *, becomes: bool) -> Iterator[Found]:
    if sides.became("required", value=becomes):
        yield Found()


def _responses(*names: str) -> dict[str, object]:
    return {name: {"description": "A response"} for name in names}


def _header(**rest: object) -> dict[str, object]:
    return {"X-Total": {"schema": {"type": "integer"}, **rest}}


_response = partial(Kind, scope=Scope.RESPONSE)
_of_header = partial(Kind, scope=Scope.HEADER)

KINDS = (
    _response(
        id="success-status-removed",
        level=Level.BREAKING,
        sentence="{subject} is no longer described.",
        example=(_responses("200", "201"), _responses("200")),
        find=lambda sides: _status(sides, added=False, success=True),
    ),
    _response(
        id="success-status-added",
        level=Level.INFO,
        sentence="{subject} is new.",
        example=(_responses("200"), _responses("200", "201")),
        find=lambda sides: _status(sides, added=True, success=True),
    ),
    _response(
        id="other-status-removed",
        level=Level.INFO,
        sentence="{subject} is no longer described.",
        example=(_responses("200", "404"), _responses("200")),
        find=lambda sides: _status(sides, added=False, success=False),
    ),
    _response(
        id="other-status-added",
        level=Level.INFO,
        sentence="{subject} is new.",
        example=(_responses("200"), _responses("200", "404")),
        find=lambda sides: _status(sides, added=True, success=False),
    ),
    _of_header(
        id="required-header-removed",
        level=Level.BREAKING,
        sentence="{subject} is gone, which was always there.",
        example=(_header(required=True), {}),
        find=lambda sides: _header_removed(sides, required=True),
    ),
    _of_header(
        id="optional-header-removed",
        level=Level.WARNING,
        sentence="{subject} is gone.",
        example=(_header(), {}),
        find=lambda sides: _header_removed(sides, required=False),
    ),
    _of_header(
        id="header-added",
        level=Level.INFO,
        sentence="{subject} is new.",
        example=({}, _header()),
        find=_header_added,
    ),
    _of_header(
        id="header-became-optional",
        level=Level.BREAKING,
        sentence="{subject} may be absent, which was always there.",
        example=(_header(required=True), _header()),
        find=lambda sides: _header_required(sides, becomes=False),
    ),
    _of_header(
        id="header-became-required",
        level=Level.INFO,
        sentence="{subject} is always there.",
        example=(_header(), _header(required=True)),
        find=lambda sides: _header_required(sides, becomes=True),
    ),
)
