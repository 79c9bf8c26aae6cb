"""Whether examples and defaults are what their schemas say.

Schemas are compiled with an engine for patterns that takes linear time, offline, with
the references of the document alone. What cannot be compiled is passed over: the
meta-schema tells why.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from catalog_service.documents import Document, Finding
from catalog_service.documents.findings import WARNING
from catalog_service.documents.pointers import pointer_of, resolve
from catalog_service.documents.texts import list_of, object_of

_ROOT = "urn:kade:document"
_MAX_EXAMPLES = 500
_MAX_NODES = 300_000
_SECONDS = 2.0
_MAX_MESSAGE = 300
_OLD = frozenset({"2.0", "3.0"})
Keys = tuple[str | int, ...]


def example_findings(document: Document) -> Iterator[Finding]:
    """Yield a warning for each example that does not fit its schema."""
    validators = _Validators(document)
    last = time.monotonic() + _SECONDS
    for count, (keys, value, at) in enumerate(_examples(document)):
        if count >= _MAX_EXAMPLES or time.monotonic() > last:
            return
        error = validators.error(at, value)
        if error:
            place = pointer_of(*keys)
            yield Finding(place, f"does not fit its schema: {error}", WARNING)


class _Validators:
    """Makes a validator for a schema by the keys that lead to it."""

    def __init__(self, document: Document) -> None:
        self._is_old = document.specification.family in _OLD
        content = document.content
        self._root = _modern(content) if self._is_old else content
        self._registry: Any = None
        self._known: dict[str, Any] = {}

    def error(self, keys: Keys, value: Any) -> str:
        """Return why a value does not fit, or nothing."""
        pointer = pointer_of(*keys)
        if pointer not in self._known:
            self._known[pointer] = self._make(pointer)
        validator = self._known[pointer]
        if validator is None:
            return ""
        try:
            error = next(iter(validator.iter_errors(value)), None)
        except (ValueError, jsonschema_rs.ReferencingError):
            return ""
        return str(error.message)[:_MAX_MESSAGE] if error else ""

    def _make(self, pointer: str) -> Any:
        schema = {"$ref": f"{_ROOT}#{_escaped(pointer)}"}
        make = (
            jsonschema_rs.Draft4Validator
            if self._is_old
            else jsonschema_rs.Draft202012Validator
        )
        try:
            if self._registry is None:
                self._registry = jsonschema_rs.Registry([(_ROOT, self._root)])
            return make(
                schema,
                registry=self._registry,
                offline=True,
                mask="the value",
                pattern_options=jsonschema_rs.RegexOptions(),
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return None


def _escaped(pointer: str) -> str:
    """Write a pointer as the fragment of a reference (RFC 6901 §6)."""
    return quote(pointer, safe="/~-_.")


def _modern(value: Any) -> Any:
    """Write `nullable` (3.0; x-nullable in 2.0) as a type of JSON Schema."""
    if isinstance(value, list):
        return [_modern(child) for child in value]
    if not isinstance(value, dict):
        return value
    made = {key: _modern(child) for key, child in value.items()}
    is_nullable = value.get("nullable") is True or value.get("x-nullable") is True
    stated = value.get("type")
    if stated == "file":
        made.pop("type")
    elif is_nullable and isinstance(stated, str):
        made["type"] = [stated, "null"]
        if isinstance(value.get("enum"), list):
            made["enum"] = [*value["enum"], None]
    return made


def _examples(document: Document) -> Iterator[tuple[Keys, Any, Keys]]:
    """Yield each example: its keys, its value, and the keys of its schema."""
    waiting: list[tuple[Any, Keys]] = [(document.content, ())]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node, keys = waiting.pop()
        if isinstance(node, list):
            waiting.extend((child, (*keys, i)) for i, child in enumerate(node))
        if not isinstance(node, dict):
            continue
        in_names = bool(keys) and keys[-1] in ("properties", "schemas", "definitions")
        if not in_names:
            yield from _of(document.content, node, keys)
        waiting.extend(
            (child, (*keys, key))
            for key, child in node.items()
            if in_names or key not in ("example", "examples", "default", "enum")
        )


def _of(
    content: dict[str, Any], node: dict[str, Any], keys: Keys
) -> Iterator[tuple[Keys, Any, Keys]]:
    if "$ref" in node:
        return
    if isinstance(node.get("schema"), dict):
        schema_keys: Keys = (*keys, "schema")
        named = object_of(node.get("examples"))
        if "example" in node:
            yield (*keys, "example"), node["example"], schema_keys
        for name, example in named.items():
            described = object_of(resolve(content, example))
            if "value" in described:
                yield (*keys, "examples", name), described["value"], schema_keys
    elif _is_schema(node):
        for name in ("example", "default"):
            if name in node:
                yield (*keys, name), node[name], keys
        for index, example in enumerate(list_of(node.get("examples"))):
            yield (*keys, "examples", index), example, keys


def _is_schema(node: dict[str, Any]) -> bool:
    stated = node.get("type")
    return isinstance(stated, (str, list)) and "in" not in node
