"""Which types hold every value of which others.

A type is taken with its format: a client in a typed language is generated from both.
"""

from __future__ import annotations

from typing import NamedTuple

from catalog_service.diffing.schemas import Schema, Views

_WIDER_FORMATS = frozenset(
    {("int32", "int64"), ("float", "double"), ("date", "date-time")}
)
_SCALARS = frozenset({"string", "number", "integer", "boolean"})


class Width(NamedTuple):
    """The types that a value may have, empty for any, and its format."""

    types: frozenset[str]
    of: str

    @property
    def is_scalar(self) -> bool:
        """Tell whether only single values are meant."""
        return bool(self.types) and self.types <= _SCALARS

    @property
    def is_text(self) -> bool:
        """Tell whether any text would do, and nothing else is spoken of."""
        return self.types <= {"string"} and not self.of

    def __str__(self) -> str:
        name = " or ".join(sorted(self.types)) or "any type"
        return f"{name} ({self.of})" if self.of else name


def width_of(schema: Schema, views: Views) -> Width:
    """Give the width of a schema, by its alternatives if it names no type itself."""
    of = schema.keywords.get("format")
    return Width(_types(schema, views), of if isinstance(of, str) else "")


def holds(wide: Width, narrow: Width) -> bool:
    """Tell whether the one holds every value of the other."""
    if bool(wide.types) != bool(narrow.types):
        return False
    known = wide.types | ({"integer"} if "number" in wide.types else set())
    if not narrow.types <= known:
        return False
    formats = (narrow.of, wide.of)
    same_format = formats[0] == formats[1] or formats in _WIDER_FORMATS
    return wide.types != narrow.types or same_format


def _types(schema: Schema, views: Views) -> frozenset[str]:
    if schema.types or len(schema.unions) != 1:
        return schema.types
    members = next(iter(schema.unions.values()))
    found = [views.view(member).types for member in members]
    return frozenset().union(*found) if all(found) else frozenset()
