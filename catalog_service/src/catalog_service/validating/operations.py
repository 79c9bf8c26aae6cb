"""What the meta-schemas cannot see of operations: ids, path parameters, servers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from catalog_service.documents import Document, Finding
from catalog_service.documents.operations import METHODS
from catalog_service.documents.pointers import pointer_of, resolve
from catalog_service.documents.texts import list_of, object_of

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_MAX_SHOWN = 200
Keys = tuple[str | int, ...]
Parameters = dict[tuple[str, str], tuple[Keys, dict[str, Any]]]


def operation_findings(document: Document) -> Iterator[Finding]:
    """Yield what operations contradict: themselves, each other, their path."""
    yield from _repeated_ids(document)
    yield from _equal_paths(document)
    yield from _parameter_findings(document)
    yield from _server_findings(document)


def _operations(document: Document) -> Iterator[tuple[Keys, dict[str, Any], str]]:
    """Yield keys and members of each operation, and its path."""
    for part in ("paths", "webhooks"):
        items = object_of(document.content.get(part))
        for path, item in items.items():
            described = object_of(item)
            for method in METHODS:
                operation = described.get(method)
                if isinstance(operation, dict):
                    yield (part, path, method), operation, path


def _repeated_ids(document: Document) -> Iterator[Finding]:
    seen: dict[str, Keys] = {}
    for keys, operation, _ in _operations(document):
        name = operation.get("operationId")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield Finding(
                pointer_of(*keys, "operationId"),
                f"the operationId '{name[:_MAX_SHOWN]}' stands also at "
                f"{pointer_of(*seen[name])[:_MAX_SHOWN]}",
            )
        seen.setdefault(name, keys)


def _equal_paths(document: Document) -> Iterator[Finding]:
    """Two paths that differ in the names of variables only are the same path."""
    seen: dict[str, str] = {}
    for path in object_of(document.content.get("paths")):
        plain = _VARIABLE.sub("{}", path)
        if plain in seen and "{}" in plain:
            yield Finding(
                pointer_of("paths", path),
                f"the same path as {seen[plain][:_MAX_SHOWN]}",
            )
        seen.setdefault(plain, path)


def _parameter_findings(document: Document) -> Iterator[Finding]:
    content = document.content
    for keys, operation, path in _operations(document):
        item = object_of(object_of(content.get(str(keys[0]))).get(path))
        shared, own = Parameters(), Parameters()
        yield from _gather(content, item, keys[:2], shared)
        yield from _gather(content, operation, keys, own)
        if keys[0] == "paths" and "$ref" not in item:
            yield from _path_findings(path, keys, {**shared, **own})


def _gather(
    content: dict[str, Any], holder: dict[str, Any], keys: Keys, into: Parameters
) -> Iterator[Finding]:
    """Put the parameters of a holder together; yield those that stand twice."""
    for index, parameter in enumerate(list_of(holder.get("parameters"))):
        described = object_of(resolve(content, parameter))
        name, place = described.get("name"), described.get("in")
        if not isinstance(name, str) or not isinstance(place, str):
            continue
        at = (*keys, "parameters", index)
        if (name, place) in into:
            yield Finding(
                pointer_of(*at), f"the {place} parameter '{name[:_MAX_SHOWN]}' twice"
            )
        into[(name, place)] = (at, described)


def _path_findings(path: str, keys: Keys, parameters: Parameters) -> Iterator[Finding]:
    variables = Counter(_VARIABLE.findall(path))
    declared = {name: at for (name, place), at in parameters.items() if place == "path"}
    for name, count in variables.items():
        shown = name[:_MAX_SHOWN]
        if name not in declared:
            yield Finding(pointer_of(*keys), f"the path parameter '{shown}' is missing")
        if count > 1:
            yield Finding(
                pointer_of(*keys[:2]), f"the variable '{shown}' twice in the path"
            )
    for name, (at, described) in declared.items():
        if name not in variables:
            yield Finding(
                pointer_of(*at),
                f"the path has no variable '{name[:_MAX_SHOWN]}'",
            )
        if described.get("required") is not True:
            yield Finding(pointer_of(*at), "a path parameter must be required")


def _server_findings(document: Document) -> Iterator[Finding]:
    for index, server in enumerate(list_of(document.content.get("servers"))):
        described = object_of(server)
        variables = object_of(described.get("variables"))
        for name in _VARIABLE.findall(str(described.get("url", "")))[:50]:
            if name not in variables:
                yield Finding(
                    pointer_of("servers", index, "url"),
                    f"the variable '{name[:_MAX_SHOWN]}' is not defined",
                )
        for name, variable in variables.items():
            stated = object_of(variable)
            allowed = stated.get("enum")
            if isinstance(allowed, list) and stated.get("default") not in allowed:
                yield Finding(
                    pointer_of("servers", index, "variables", name, "default"),
                    "the default is not one of the enum",
                )
