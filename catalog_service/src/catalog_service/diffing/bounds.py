"""Bounds of a schema, an exclusive one in either spelling the same.

OpenAPI 3.0 marks a bound as exclusive with true beside it; 3.1 (JSON Schema 2020-12,
section 6.2) gives the exclusive bound as a number of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog_service.diffing.nodes import Node

UPPER = ("maximum", "maxLength", "maxItems", "maxProperties", "maxContains")
LOWER = ("minimum", "minLength", "minItems", "minProperties", "minContains")
_EXCLUSIVE = {"maximum": "exclusiveMaximum", "minimum": "exclusiveMinimum"}
_INCLUSIVE = {exclusive: keyword for keyword, exclusive in _EXCLUSIVE.items()}
BOUNDING = frozenset((*UPPER, *LOWER, *_INCLUSIVE))
NAUGHT = {"minLength", "minItems", "minProperties"}


@dataclass(frozen=True)
class Bound:
    """A bound; ``tightness`` grows as it admits less."""

    value: float
    exclusive: bool = False
    upper: bool = False

    @property
    def tightness(self) -> tuple[float, bool]:
        """Give what two bounds of the same keyword are compared by."""
        return (-self.value if self.upper else self.value, self.exclusive)

    def __str__(self) -> str:
        text = f"{self.value:.15g}"
        return f"{text} (exclusive)" if self.exclusive else text


def bounds_of(node: Node) -> dict[str, Bound]:
    """Give the bounds that one schema object sets.

    A least size of 0 sets nothing and is left out.
    """
    found = {}
    for written in BOUNDING.intersection(node.mapping):
        keyword = _INCLUSIVE.get(written, written)
        bound = _bound(node, keyword)
        if bound and not (keyword in NAUGHT and bound.value <= 0):
            found[keyword] = bound
    return found


def tightest(several: Iterable[Mapping[str, Bound]]) -> dict[str, Bound]:
    """Give the bounds that hold when all of these do."""
    found: dict[str, Bound] = {}
    for bounds in several:
        for keyword, bound in bounds.items():
            known = found.get(keyword, bound)
            found[keyword] = max(known, bound, key=lambda one: one.tightness)
    return found


def _bound(node: Node, keyword: str) -> Bound | None:
    upper = keyword in UPPER
    beside = node.mapping.get(_EXCLUSIVE.get(keyword, ""))
    value = _number(node.mapping.get(keyword))
    other = _number(beside)
    bounds = []
    if value is not None:
        bounds.append(Bound(value, exclusive=beside is True, upper=upper))
    if other is not None:
        bounds.append(Bound(other, exclusive=True, upper=upper))
    return max(bounds, key=lambda one: one.tightness, default=None)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None
