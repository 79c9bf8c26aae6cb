"""The parts of requests and responses: what has a schema and may have examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .nodes import Node
from .operations import Operation, PathItem
from .pointers import Keys
from .source import Source


class PartKind(StrEnum):
    """What a part is."""

    PARAMETER = "parameter"
    HEADER = "header"
    REQUEST_BODY = "request body"
    RESPONSE = "response"
    MEDIA_TYPE = "media type"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a request or response, at the place where it is described."""

    kind: PartKind
    node: Node
    of_response: bool


# Under which key a kind has what other kinds.
_WITHIN = (
    ("content", PartKind.MEDIA_TYPE),
    ("headers", PartKind.HEADER),
)
# A reusable part is looked at as what it is, although it may be used by neither.
_COMPONENTS = (
    ("parameters", PartKind.PARAMETER, False),
    ("headers", PartKind.HEADER, True),
    ("requestBodies", PartKind.REQUEST_BODY, False),
    ("responses", PartKind.RESPONSE, True),
    ("mediaTypes", PartKind.MEDIA_TYPE, True),
)


def parts_of(
    source: Source, items: Iterable[PathItem], operations: Iterable[Operation]
) -> Iterator[Part]:
    """Yield every part of the document once."""
    waiting = [
        *_reusable(source),
        *_of_items(source, items),
        *_of_operations(source, operations),
    ][::-1]
    seen: set[Keys] = set()
    while waiting:
        part = waiting.pop()
        if part.node.keys in seen or not isinstance(part.node.value, dict):
            continue
        seen.add(part.node.keys)
        yield part
        waiting.extend(_within(source, part))


def _within(source: Source, part: Part) -> Iterator[Part]:
    for key, kind in _WITHIN:
        for _, node in source.each(source.at(part.node, key)):
            yield Part(kind, node, part.of_response)
    for _, encoding in source.each(source.at(part.node, "encoding")):
        for _, node in source.each(source.at(encoding, "headers")):
            yield Part(PartKind.HEADER, node, part.of_response)


def _of_items(source: Source, items: Iterable[PathItem]) -> Iterator[Part]:
    for item in items:
        yield from _parameters(source, item.node)


def _of_operations(source: Source, operations: Iterable[Operation]) -> Iterator[Part]:
    for operation in operations:
        yield from _parameters(source, operation.node)
        body = source.at(operation.node, "requestBody")
        if body is not None:
            yield Part(PartKind.REQUEST_BODY, body, of_response=False)
        for _, node in source.each(source.at(operation.node, "responses")):
            yield Part(PartKind.RESPONSE, node, of_response=True)


def _parameters(source: Source, owner: Node) -> Iterator[Part]:
    for _, node in source.each(source.at(owner, "parameters")):
        yield Part(PartKind.PARAMETER, node, of_response=False)


def _reusable(source: Source) -> Iterator[Part]:
    """Yield the components; Swagger 2.0 has two kinds of them at the top."""
    for name, kind, of_response in _COMPONENTS:
        for place in (source.component(name), source.at(source.root, name)):
            for _, node in source.each(place):
                yield Part(kind, node, of_response)
