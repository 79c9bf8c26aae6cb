"""The keywords of JSON Schema that an example is held against.

Each takes the matcher, the schema that has the keyword, and a value. A keyword with a
value that it cannot have is passed over: the meta-schema reports that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from ..nodes import Node
from ..sentences import Sentence
from .formats import fits_format
from .matcher import Fault, Keyword, Matcher, forbids_everything
from .patterns import matches
from .sizes import SIZES

_TYPE = Sentence(
    "De waarde {value} is niet van het type {type}.",
    "The value {value} is not of type {type}.",
)
_ENUM = Sentence(
    "De waarde {value} is geen van de toegestane waarden.",
    "The value {value} is none of the allowed values.",
)
_REQUIRED = Sentence(
    "De verplichte eigenschap '{name}' ontbreekt.",
    "The required property '{name}' is missing.",
)
_FORMAT = Sentence(
    "De waarde {value} heeft niet de vorm '{format}'.",
    "The value {value} does not have the format '{format}'.",
)
_PATTERN = Sentence(
    "De waarde {value} past niet op het patroon {pattern}.",
    "The value {value} does not match the pattern {pattern}.",
)
_UNIQUE = Sentence(
    "De lijst bevat een waarde meer dan eens.",
    "The list holds a value more than once.",
)
_NONE_FITS = Sentence(
    "De waarde past op geen van de schema's van {keyword}.",
    "The value fits none of the schemas of {keyword}.",
)
_MANY_FIT = Sentence(
    "De waarde past op meer dan een van de schema's van oneOf.",
    "The value fits more than one of the schemas of oneOf.",
)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and value == int(value),
    "file": lambda _: True,
}


def is_of_type(stated: object, value: object) -> bool:
    """Tell whether a value has a type, or one of a list; an unknown type has all."""
    names = stated if isinstance(stated, list) else [stated]
    known = [_TYPES[name] for name in names if isinstance(name, str) and name in _TYPES]
    return len(known) < len(names) or any(fits(value) for fits in known)


def _check_type(_: Matcher, schema: Node, value: Node) -> Fault | None:
    stated = schema.value["type"]
    if is_of_type(stated, value.value):
        return None
    names = stated if isinstance(stated, list) else [stated]
    words = {"value": value.value, "type": " / ".join(map(str, names))}
    return Fault(value, _TYPE, words)


def _check_enum(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    allowed = schema.value["enum"]
    if not isinstance(allowed, list):
        return None
    matcher.spend(len(allowed) + (1000 if isinstance(value.value, (dict, list)) else 0))
    if any(_is_same(value.value, one) for one in allowed):
        return None
    return Fault(value, _ENUM, {"value": value.value})


def _check_const(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    matcher.spend(10)
    if _is_same(value.value, schema.value["const"]):
        return None
    return Fault(value, _ENUM, {"value": value.value})


def _check_required(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    """A property that only goes the other way is never required."""
    names = schema.value["required"]
    if not isinstance(names, list) or not isinstance(value.value, dict):
        return None
    matcher.spend(len(names))
    for name in names:
        if isinstance(name, str) and name not in value.value:
            declared = matcher.source.at(schema, "properties", name)
            flags = {} if declared is None else declared.mapping
            if not (flags.get("readOnly") is True or flags.get("writeOnly") is True):
                return Fault(value, _REQUIRED, {"name": name})
    return None


def _check_format(_: Matcher, schema: Node, value: Node) -> Fault | None:
    name = schema.value["format"]
    if not isinstance(name, str) or fits_format(name, value.value):
        return None
    return Fault(value, _FORMAT, {"value": value.value, "format": name})


def _check_pattern(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    pattern = schema.value["pattern"]
    if not isinstance(pattern, str) or not isinstance(value.value, str):
        return None
    matcher.spend(10 + len(pattern))
    fits = matches(pattern, value.value)
    if fits is None:
        matcher.doubts = True
    if fits is not False:
        return None
    return Fault(value, _PATTERN, {"value": value.value, "pattern": pattern})


def _check_unique(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    if schema.value["uniqueItems"] is not True or not isinstance(value.value, list):
        return None
    texts = [json.dumps(item, sort_keys=True) for item in value.value]
    matcher.spend(len(texts) + sum(map(len, texts)) // 10)
    return Fault(value, _UNIQUE) if len(set(texts)) < len(texts) else None


def _check_properties(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    declared = schema.child("properties")
    if declared is None:
        return None
    names = declared.mapping.keys() & value.mapping.keys()
    return _first(
        matcher, _pairs(declared, value, [n for n in value.mapping if n in names])
    )


def _check_additional(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    additional = schema.child("additionalProperties")
    if additional is None or not isinstance(additional.value, (dict, bool)):
        return None
    if "patternProperties" in schema.value:
        matcher.doubts = True
        return None
    declared = schema.value.get("properties")
    names = declared if isinstance(declared, dict) else {}
    others = (node for name, node in _members(value) if name not in names)
    return _first(matcher, ((additional, node) for node in others))


def _check_items(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    items = schema.child("items")
    if items is None or not isinstance(value.value, list):
        return None
    if isinstance(items.value, list):
        return _first(matcher, _by_place(items, value))
    prefix = schema.value.get("prefixItems")
    done = len(prefix) if isinstance(prefix, list) else 0
    rest = (node for index, node in value.children() if int(index) >= done)
    return _first(matcher, ((items, node) for node in rest))


def _check_prefix(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    prefix = schema.child("prefixItems")
    if prefix is None or not isinstance(prefix.value, list):
        return None
    return _first(matcher, _by_place(prefix, value))


def _check_all_of(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    return _first(matcher, ((one, value) for one in _branches(schema, "allOf")))


def _check_any_of(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    branches = _branches(schema, "anyOf")
    if not branches or any(matcher.check(one, value) is None for one in branches):
        return None
    return Fault(value, _NONE_FITS, {"keyword": "anyOf"})


def _check_one_of(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    branches = _branches(schema, "oneOf")
    fitting = sum(matcher.check(one, value) is None for one in branches)
    if fitting == 0 and branches:
        return Fault(value, _NONE_FITS, {"keyword": "oneOf"})
    if fitting > 1 and not matcher.doubts:
        return Fault(value, _MANY_FIT)
    return None


def _check_not(matcher: Matcher, schema: Node, value: Node) -> Fault | None:
    inner = schema.child("not")
    if inner is None or not isinstance(inner.value, (dict, bool)):
        return None
    if matcher.check(inner, value) is not None or matcher.doubts:
        return None
    return forbids_everything(value)


def _first(matcher: Matcher, pairs: Iterator[tuple[Node, Node]]) -> Fault | None:
    """Return the first fault of pairs of a schema and a value."""
    for schema, value in pairs:
        fault = matcher.check(schema, value)
        if fault is not None:
            return fault
    return None


def _pairs(schemas: Node, value: Node, names: list[str]) -> Iterator[tuple[Node, Node]]:
    for name in names:
        schema, member = schemas.child(name), value.child(name)
        if schema is not None and member is not None:
            yield schema, member


def _by_place(schemas: Node, value: Node) -> Iterator[tuple[Node, Node]]:
    listed = value.children() if isinstance(value.value, list) else iter(())
    schemas_in_order = (schema for _, schema in schemas.children())
    for schema, (_, item) in zip(schemas_in_order, listed, strict=False):
        yield schema, item


def _members(value: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(value.value, dict):
        yield from ((str(name), node) for name, node in value.children())


def _branches(schema: Node, keyword: str) -> list[Node]:
    listed = schema.child(keyword)
    if listed is None or not isinstance(listed.value, list):
        return []
    return [node for _, node in listed.children()]


def _is_same(one: object, other: object) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and one == other


KEYWORDS: dict[str, Keyword] = {
    "type": _check_type,
    "enum": _check_enum,
    "const": _check_const,
    "required": _check_required,
    "format": _check_format,
    "pattern": _check_pattern,
    "uniqueItems": _check_unique,
    "properties": _check_properties,
    "additionalProperties": _check_additional,
    "items": _check_items,
    "prefixItems": _check_prefix,
    "allOf": _check_all_of,
    "anyOf": _check_any_of,
    "oneOf": _check_one_of,
    "not": _check_not,
    **SIZES,
}
