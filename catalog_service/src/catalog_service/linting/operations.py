"""The operations of a document, wherever they stand."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from .nodes import Node
from .pointers import Keys
from .source import Source

METHODS = (
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
)  # fmt: skip


class Place(StrEnum):
    """Where a path item stands; webhooks and callbacks call the client."""

    PATH = "path"
    WEBHOOK = "webhook"
    CALLBACK = "callback"
    COMPONENT = "component"


@dataclass(frozen=True, slots=True)
class PathItem:
    """What can be done at a path; `node` is where a reference leads to."""

    name: str
    node: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one path; the method is in lower case."""

    method: str
    node: Node
    item: PathItem


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation; `shared` when its path item declares it."""

    node: Node
    shared: bool

    @property
    def name(self) -> object:
        """What it is called."""
        return self.node.mapping.get("name")

    @property
    def location(self) -> object:
        """Where a request has it."""
        return self.node.mapping.get("in")


def path_items(source: Source) -> Iterator[PathItem]:
    """Yield every path item, those of `paths` first; a shared one for each path."""
    seen: set[Keys] = set()
    waiting = deque(_written_items(source))
    while waiting:
        item = waiting.popleft()
        is_new = item.node.keys not in seen
        if item.place is Place.PATH or is_new:
            yield item
        if is_new:
            seen.add(item.node.keys)
            waiting.extend(_called_back(source, item))


def operations_of(source: Source, item: PathItem) -> Iterator[Operation]:
    """Yield the operations of a path item."""
    for method in METHODS:
        node = source.at(item.node, method)
        if node is not None and isinstance(node.value, dict):
            yield Operation(method, node, item)
    for name, node in source.each(source.at(item.node, "additionalOperations")):
        if isinstance(node.value, dict):
            yield Operation(str(name).lower(), node, item)


def parameters_of(source: Source, operation: Operation) -> Iterator[Parameter]:
    """Yield the parameters of an operation, those of its path item first."""
    for owner, shared in ((operation.item.node, True), (operation.node, False)):
        listed = source.at(owner, "parameters")
        if listed is not None and isinstance(listed.value, list):
            yield from (Parameter(node, shared) for _, node in source.each(listed))


def _written_items(source: Source) -> Iterator[PathItem]:
    root = source.root
    callbacks = (node for _, node in source.each(source.component("callbacks")))
    return chain(
        _items(source, source.at(root, "paths"), Place.PATH),
        _items(source, source.at(root, "webhooks"), Place.WEBHOOK),
        _items(source, source.component("pathItems"), Place.COMPONENT),
        *(_items(source, callback, Place.CALLBACK) for callback in callbacks),
    )


def _called_back(source: Source, item: PathItem) -> Iterator[PathItem]:
    for operation in operations_of(source, item):
        for _, callback in source.each(source.at(operation.node, "callbacks")):
            yield from _items(source, callback, Place.CALLBACK)


def _items(source: Source, node: Node | None, place: Place) -> Iterator[PathItem]:
    if node is None or not isinstance(node.value, dict):
        return
    for name, item in source.each(node):
        if isinstance(item.value, dict) and not str(name).startswith("x-"):
            yield PathItem(str(name), item, place)
