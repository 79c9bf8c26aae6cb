"""Validate against the official meta-schemas of Swagger 2.0 and OpenAPI 3.

They come with the package openapi-spec-validator, of which only the files are used: its
own validation fetches what documents refer to. Schemas of 3.1 and 3.2 are held against
JSON Schema 2020-12, unless the document names another dialect.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from catalog_service.documents import Document, Finding
from catalog_service.documents.pointers import pointer_of

_FOLDER = ("resources", "schemas")
_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
# Which file, and whether its schemas are JSON Schema of their own.
_FILES = {"2.0": "v2.0", "3.0": "v3.0", "3.1": "v3.1", "3.2": "v3.2"}
_DRAFT_4 = frozenset({"2.0", "3.0"})
_MOST = 200
# Where values of the document would stand in a message: they may be megabytes.
_MASK = "the value"
_BRANCHES = frozenset({"oneOf", "anyOf"})
_DEEPEST_BRANCH = 8
_MAX_MESSAGE = 300


def schema_findings(document: Document) -> Iterator[Finding]:
    """Yield each place at which a document breaks its meta-schema."""
    family = document.specification.family
    has_dialect = family not in _DRAFT_4 and "jsonSchemaDialect" not in document.content
    validator = _validator(family, has_dialect)
    for count, error in enumerate(validator.iter_errors(_as_text(document.content))):
        if count >= _MOST:
            return
        told = _most_telling(error)
        path = "".join(pointer_of(key) for key in told.instance_path)
        yield Finding(path, told.message[:_MAX_MESSAGE])


def _as_text(content: dict[str, Any]) -> dict[str, Any]:
    """Write the version as the text that was meant: it has a finding of its own."""
    named = {
        key: content[key]
        for key in ("openapi", "swagger")
        if isinstance(content.get(key), (int, float))
    }
    return {**content, **{key: str(value) for key, value in named.items()}}


def _most_telling(error: Any, depth: int = 0) -> Any:
    """Of the ways in which nothing fits, take the one that came furthest.

    A meta-schema says "this or a reference" everywhere; that it is no reference tells
    nobody anything.
    """
    if error.kind.name not in _BRANCHES or depth >= _DEEPEST_BRANCH:
        return error
    branches = [branch for branch in getattr(error.kind, "context", ()) if branch]
    real = [branch for branch in branches if not _is_about_reference(branch)]
    if not real:
        return error
    furthest = min(real, key=lambda branch: (-_reach(branch), len(branch)))
    deepest = max(furthest, key=lambda each: len(each.instance_path))
    return _most_telling(deepest, depth + 1)


def _reach(branch: list[Any]) -> int:
    return max(len(error.instance_path) for error in branch)


def _is_about_reference(branch: list[Any]) -> bool:
    return any(
        error.kind.name == "required" and '"$ref"' in error.message for error in branch
    )


@cache
def _validator(family: str, has_dialect: bool) -> Any:  # noqa: FBT001  (cache's key)
    schema = _read(family)
    draft_4 = family in _DRAFT_4
    make = (
        jsonschema_rs.Draft4Validator if draft_4 else jsonschema_rs.Draft202012Validator
    )
    options: dict[str, Any] = {
        "mask": _MASK,
        "offline": True,
        "pattern_options": jsonschema_rs.RegexOptions(),
    }
    if not has_dialect:
        return make(schema, **options)
    registry = jsonschema_rs.Registry([(schema["$id"], schema)])
    return make(_with_dialect(schema["$id"]), registry=registry, **options)


def _with_dialect(identifier: str) -> dict[str, Any]:
    """Put JSON Schema where the meta-schema leaves it open ("#meta")."""
    return {
        "$schema": _JSON_SCHEMA,
        "$id": "urn:kade:openapi-with-json-schema",
        "$ref": identifier,
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": _JSON_SCHEMA}},
    }


def _read(family: str) -> dict[str, Any]:
    """Read a file of the package without importing it, which takes a second."""
    package = find_spec("openapi_spec_validator")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("openapi_spec_validator carries the meta-schemas")
    path = Path(package.origin).parent.joinpath(*_FOLDER, _FILES[family], "schema.json")
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema
