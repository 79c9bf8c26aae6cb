"""The keywords of JSON Schema that bound a number, or the size of something."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from ..nodes import Node
from ..sentences import Sentence
from .matcher import Fault, Keyword, Matcher

_BOUND = Sentence(
    "De waarde {value} voldoet niet aan {keyword} {bound}.",
    "The value {value} does not meet {keyword} {bound}.",
)
_Measure = Callable[[Any], int | float | None]
_Compare = Callable[[Any, Any], bool]


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value


def _length(value: object) -> int | None:
    return len(value) if isinstance(value, str) else None


def _item_count(value: object) -> int | None:
    return len(value) if isinstance(value, list) else None


def _property_count(value: object) -> int | None:
    return len(value) if isinstance(value, dict) else None


def _is_multiple(value: float, step: float) -> bool:
    if step <= 0:
        return True
    try:
        quotient = value / step
        return abs(quotient - round(quotient)) < 1e-6 * max(1.0, abs(quotient))
    except OverflowError:
        return True


_BOUNDS: dict[str, tuple[_Measure, _Compare]] = {
    "minimum": (_number, operator.ge),
    "maximum": (_number, operator.le),
    "exclusiveMinimum": (_number, operator.gt),
    "exclusiveMaximum": (_number, operator.lt),
    "multipleOf": (_number, _is_multiple),
    "minLength": (_length, operator.ge),
    "maxLength": (_length, operator.le),
    "minItems": (_item_count, operator.ge),
    "maxItems": (_item_count, operator.le),
    "minProperties": (_property_count, operator.ge),
    "maxProperties": (_property_count, operator.le),
}
# In JSON Schema draft 4 (OpenAPI 2.0, 3.0) these say of another bound what it excludes.
_SWITCHES = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def _bounded(keyword: str, measure: _Measure, compare: _Compare) -> Keyword:
    def check(_: Matcher, schema: Node, value: Node) -> Fault | None:
        bound = schema.value[keyword]
        if bound is True and keyword in _SWITCHES:
            bound = schema.value.get(_SWITCHES[keyword])
        limit, size = _number(bound), measure(value.value)
        if limit is None or size is None or compare(size, limit):
            return None
        words = {"value": value.value, "keyword": keyword, "bound": bound}
        return Fault(value, _BOUND, words)

    return check


SIZES = {keyword: _bounded(keyword, *how) for keyword, how in _BOUNDS.items()}
