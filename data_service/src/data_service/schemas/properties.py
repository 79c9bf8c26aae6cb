"""A property of an Amsterdam Schema table into a field."""

from __future__ import annotations

import re
from typing import Any

from .nodes import Node
from .tables import Field
from .types import FIELD_TYPES

FIELD_ID = re.compile(r"[a-z][A-Za-z0-9]*")
_REFUSALS = {
    "relation": "relations cannot be published yet",
    "filterAuth": "filters for some callers only cannot be published yet",
    "multipleOf": "multipleOf cannot be checked yet",
    "maxLength": "maxLength cannot be checked yet",
    "minLength": "minLength cannot be checked yet",
    "pattern": "pattern cannot be checked yet",
    "contentEncoding": "binary values cannot be published yet",
}


def _spec_key(spec: dict[str, Any]) -> tuple[Any, ...]:
    items = spec.get("items")
    inner = _spec_key(items) if isinstance(items, dict) else None
    return (spec.get("$ref"), spec.get("type"), spec.get("format"), inner)


_NAMES_BY_SPEC = {_spec_key(dict(t.spec)): name for name, t in FIELD_TYPES.items()}


def parse_property(node: Node, name: str, *, required: bool, crs: str) -> Field:
    """Give the field that a property describes; faults are noted in the node."""
    if not FIELD_ID.fullmatch(name):
        node.fault(f"'{name}' is no id; use letters and digits, a small letter first")
    if not node.require_object():
        return Field(id=name, type_name="string")
    node.refuse_closed()
    for member, reason in _REFUSALS.items():
        if node.child(member).value is not None:
            node.child(member).fault(reason)
    type_name = _type_name(node)
    return Field(
        id=name,
        type_name=type_name,
        title=node.text("title"),
        description=node.text("description"),
        required=required,
        unit=node.text("unit"),
        enum=_enum(node, type_name),
        minimum=node.number("minimum"),
        maximum=node.number("maximum"),
        crs=crs if FIELD_TYPES[type_name].is_geometry else "",
        provenance=node.text("provenance"),
    )


def _type_name(node: Node) -> str:
    name = _NAMES_BY_SPEC.get(_spec_key(_normal(node.members())))
    if name:
        return name
    if node.child("relation").value is None:
        node.fault(_refusal(node))
    return "string"


def _normal(spec: dict[str, Any]) -> dict[str, Any]:
    reference = spec.get("$ref")
    if isinstance(reference, str):
        return {"$ref": reference.replace("http://", "https://", 1)}
    return spec


def _refusal(node: Node) -> str:
    spec = node.members()
    if spec.get("type") == "object":
        return "nested objects cannot be published yet"
    items = spec.get("items")
    if spec.get("type") == "array" and isinstance(items, dict):
        return f"lists of {items.get('type')} cannot be published yet"
    found = spec.get("$ref") or "/".join(
        str(spec[k]) for k in ("type", "format") if k in spec
    )
    return f"the type '{found}' is unknown; use one of {', '.join(FIELD_TYPES)}"


def _enum(node: Node, type_name: str) -> tuple[object, ...]:
    kind = int if type_name == "integer" else str
    values = []
    for child in node.child("enum").items():
        if not isinstance(child.value, kind) or isinstance(child.value, bool):
            child.fault(f"should be of the type {type_name}")
        values.append(child.value)
    return tuple(values)
