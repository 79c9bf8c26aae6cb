"""The schemas of a document, with all that stands within them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from .nodes import Node
from .parts import Part
from .pointers import Keys
from .source import Source

# Keywords that hold one schema, a list of them, or an object of them by name.
_ONE = (
    "items", "additionalProperties", "not", "if", "then", "else", "contains",
    "propertyNames", "unevaluatedItems", "unevaluatedProperties", "additionalItems",
    "contentSchema",
)  # fmt: skip
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
_NAMED = (
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
)  # fmt: skip


def schemas_of(source: Source, parts: Iterable[Part]) -> Iterator[Node]:
    """Yield every schema that is an object, once, at its own place."""
    waiting = list(chain(_named(source), _used(parts)))[::-1]
    seen: set[Keys] = set()
    while waiting:
        node = waiting.pop()
        if node.keys in seen or not isinstance(node.value, dict):
            continue
        seen.add(node.keys)
        if "$ref" in node.value:
            target = source.references.resolve(node)
            waiting.extend([] if target is None else [target])
        yield node
        waiting.extend(list(subschemas(node))[::-1])


def subschemas(node: Node) -> Iterator[Node]:
    """Yield what stands within a schema, one level down."""
    for keyword in node.mapping:
        child = node.child(keyword)
        if child is None:
            continue
        if keyword in _ONE and isinstance(child.value, dict):
            yield child
        elif (keyword in _LISTS and isinstance(child.value, list)) or (
            keyword in _NAMED and isinstance(child.value, dict)
        ):
            yield from (schema for _, schema in child.children())


def properties_of(schemas: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    """Yield each property of schemas with its name."""
    for schema in schemas:
        declared = schema.child("properties")
        if declared is not None and isinstance(declared.value, dict):
            yield from ((str(name), node) for name, node in declared.children())


def _named(source: Source) -> Iterator[Node]:
    for place in (source.component("schemas"), source.at(source.root, "definitions")):
        if place is not None and isinstance(place.value, dict):
            yield from (node for _, node in place.children())


def _used(parts: Iterable[Part]) -> Iterator[Node]:
    for part in parts:
        for keyword in ("schema", "itemSchema"):
            node = part.node.child(keyword)
            if node is not None:
                yield node
