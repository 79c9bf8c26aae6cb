"""What concerns a document as a whole: servers, webhooks, components."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.nodes import Node
from catalog_service.diffing.paths import is_moved, server_urls
from catalog_service.diffing.sides import Sides


def _servers(sides: Sides, *, added: bool) -> Iterator[Found]:
    both = sides.both()
    if not both or is_moved(*both):
        return
    old, new = (server_urls(side) for side in both)
    base, other = (new, set(old)) if added else (old, set(new))
    for url in base:
        if url not in other:
            yield Found({"url": url[:200]}, *(f"{s.pointer}/servers" for s in both))


def _base_moved(sides: Sides) -> Iterator[Found]:
    both = sides.both()
    if both and is_moved(*both):
        old, new = (" and ".join(server_urls(side))[:200] for side in both)
        yield Found({"old": old, "new": new})


def _names(sides: Sides, *path: str, added: bool) -> Iterator[tuple[str, Found]]:
    both = sides.both()
    if not both:
        return
    old, new = (_at(side, path) for side in both)
    base, other = (new, old) if added else (old, new)
    known = dict(other.items())
    for name, node in base.items():
        if name not in known:
            side = {"new": node.pointer} if added else {"old": node.pointer}
            yield name, Found({"name": name}, **side)


def _at(node: Node, path: tuple[str, ...]) -> Node:
    for part in path:
        node = node.child(part)
    return node


def _webhooks(sides: Sides, *, added: bool) -> Iterator[Found]:
    yield from (found for _, found in _names(sides, "webhooks", added=added))


def _schemas(sides: Sides, *, added: bool) -> Iterator[Found]:
    names = _names(sides, "components", "schemas", added=added)
    yield from (found for _, found in names)


_document = partial(Kind, scope=Scope.DOCUMENT)


def _with(**rest: object) -> dict[str, object]:
    return {"openapi": "3.1.0", **rest}


def _at_servers(*urls: str, path: str = "/a") -> dict[str, object]:
    servers = [{"url": url} for url in urls]
    return _with(servers=servers, paths={path: {"get": {"responses": {}}}})


_HOOK = {"post": {"responses": {"200": {"description": "Fine"}}}}

KINDS = (
    _document(
        id="server-removed",
        level=Level.WARNING,
        sentence="The server {url} is gone.",
        example=(_at_servers("https://a.test"), _at_servers("https://b.test")),
        find=lambda sides: _servers(sides, added=False),
    ),
    _document(
        id="server-added",
        level=Level.INFO,
        sentence="The server {url} is new.",
        example=(
            _at_servers("https://a.test"),
            _at_servers("https://a.test", "https://b.test"),
        ),
        find=lambda sides: _servers(sides, added=True),
    ),
    _document(
        id="base-path-moved",
        level=Level.INFO,
        sentence="A part of the paths moved to or from the servers: {old} became "
        "{new}; every full address is the same.",
        example=(
            _at_servers("https://a.test", path="/v1/a"),
            _at_servers("https://a.test/v1", path="/a"),
        ),
        find=_base_moved,
    ),
    _document(
        id="webhook-removed",
        level=Level.BREAKING,
        sentence="The webhook '{name}' is gone.",
        example=(_with(webhooks={"a": _HOOK}), _with()),
        find=lambda sides: _webhooks(sides, added=False),
    ),
    _document(
        id="webhook-added",
        level=Level.INFO,
        sentence="The webhook '{name}' is new.",
        example=(_with(), _with(webhooks={"a": _HOOK})),
        find=lambda sides: _webhooks(sides, added=True),
    ),
    _document(
        id="schema-removed",
        level=Level.INFO,
        sentence="The component schema '{name}' is gone.",
        example=(_with(components={"schemas": {"A": {}}}), _with()),
        find=lambda sides: _schemas(sides, added=False),
    ),
    _document(
        id="schema-added",
        level=Level.INFO,
        sentence="The component schema '{name}' is new.",
        example=(_with(), _with(components={"schemas": {"A": {}}})),
        find=lambda sides: _schemas(sides, added=True),
    ),
)
