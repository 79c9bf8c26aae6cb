"""The names in a document by which people look for it: parameters, schemas, fields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from .parsing import Document
from .pointers import resolve
from .texts import list_of, object_of, text_of

_MAX_NAMES = 200
_MAX_SCHEMAS = 60
# Below these stand schemas, or what leads to them; other members hold data or texts.
_LEADING = (
    "schema", "items", "allOf", "anyOf", "oneOf", "additionalProperties", "prefixItems",
    "content", "responses", "requestBody", "not", "then", "else", "if",
)  # fmt: skip


class Names:
    """The names of one document; what is referred to is looked at once."""

    def __init__(self, document: Document) -> None:
        self._content = document.content
        self._is_swagger = document.specification.is_swagger
        self._known: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    @cached_property
    def schemas(self) -> dict[str, Any]:
        """The named schemas."""
        if self._is_swagger:
            return object_of(self._content.get("definitions"))
        return object_of(object_of(self._content.get("components")).get("schemas"))

    def all_fields(self) -> Iterator[str]:
        """Yield the name of each schema, and those of its fields."""
        for name, schema in self.schemas.items():
            yield name
            yield from self._direct(schema)[0]

    def of_operation(self, path: str, method: str, *, webhook: bool) -> list[str]:
        """Return the names of the parameters of an operation and of its fields."""
        part = "webhooks" if webhook else "paths"
        item = object_of(
            resolve(self._content, object_of(self._content.get(part)).get(path))
        )
        operation = object_of(item.get(method.lower()) or _additional(item, method))
        found = dict.fromkeys(self._parameters(item))
        found.update(dict.fromkeys(self._parameters(operation)))
        found.update(dict.fromkeys(self._fields(operation)))
        return list(found)[:_MAX_NAMES]

    def _parameters(self, holder: dict[str, Any]) -> Iterator[str]:
        for parameter in list_of(holder.get("parameters")):
            described = object_of(resolve(self._content, parameter))
            yield text_of(described.get("name"), at_most=200)

    def _fields(self, operation: dict[str, Any]) -> Iterator[str]:
        """Follow the references of an operation, near ones first, up to a number."""
        bodies = [
            described
            for parameter in list_of(operation.get("parameters"))
            if (described := object_of(resolve(self._content, parameter))).get("in")
            == "body"
        ]
        names, waiting = self._direct([operation, *bodies])
        yield from names
        seen: set[str] = set()
        queue = list(waiting)
        while queue and len(seen) < _MAX_SCHEMAS:
            reference = queue.pop(0)
            if reference in seen:
                continue
            seen.add(reference)
            names, further = self._at(reference)
            yield from names
            queue.extend(further)

    def _at(self, reference: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if reference not in self._known:
            target = resolve(self._content, {"$ref": reference})
            self._known[reference] = self._direct(target)
        return self._known[reference]

    def _direct(self, node: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return field names and references of a node, without following any."""
        names: dict[str, None] = {}
        references: dict[str, None] = {}
        waiting = [node]
        while waiting and len(names) < _MAX_NAMES:
            current = waiting.pop()
            if isinstance(current, list):
                waiting.extend(current)
            if not isinstance(current, dict):
                continue
            if isinstance(current.get("$ref"), str):
                references[current["$ref"]] = None
            fields = object_of(current.get("properties"))
            names.update(dict.fromkeys(name[:200] for name in fields))
            waiting.extend(fields.values())
            waiting.extend(_below(current))
        return tuple(names), tuple(references)


def _below(node: dict[str, Any]) -> Iterator[Any]:
    for key in _LEADING:
        below = node.get(key)
        if key in ("content", "responses") and isinstance(below, dict):
            yield from below.values()
        elif below is not None:
            yield below


def _additional(item: dict[str, Any], method: str) -> Any:
    more = object_of(item.get("additionalOperations"))
    return more.get(method)
