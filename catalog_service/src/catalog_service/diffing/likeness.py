"""Which alternatives resemble each other, where no name and no meaning pairs them.

Two of the same type and format are taken for one that changed when they share
values, properties or demands, or when they are the only ones of that type. Where it
is not sure, they are not paired: other names, other values or mostly other properties
make another alternative. What changed inside a pair is then found in the pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from catalog_service.diffing.nodes import canonical
from catalog_service.diffing.schemas import Parts, Schema, Views
from catalog_service.diffing.widths import Width, width_of

_MOST = 32
"""Alternatives on one side above which none is paired: all are set against all."""
_DEEPEST = 3
"""Levels of items, lists within lists, that are looked at."""
_FEW = 8
"""Values of a property up to which they tell the form of an object."""
Shares = frozenset[Hashable]


class _Traits(NamedTuple):
    """What tells an alternative from others; each with its level of items."""

    width: Width
    name: str
    values: Shares
    properties: Shares
    demands: Shares
    patterns: Shares
    tags: Mapping[Hashable, Shares]

    def is_other(self, new: _Traits) -> bool:
        """Tell whether this is not the same one, or whether that is not sure."""
        tags = self.tags.keys() & new.tags.keys()
        return (
            self.width != new.width
            or not (self.width.types or self.values)
            or bool(self.name and new.name and self.name != new.name)
            or _disjoint(self.values, new.values)
            or _mostly_other(self.properties, new.properties)
            or any(_disjoint(self.tags[tag], new.tags[tag]) for tag in tags)
        )

    def shared(self, new: _Traits) -> int:
        """Count what both have."""
        return (
            len(self.values & new.values)
            + len(self.properties & new.properties)
            + len(self.demands & new.demands)
            + len(self.patterns & new.patterns)
        )


_Places = Mapping[int, _Traits]


def pair_alike(
    views: tuple[Views, Views], old: Sequence[Parts], new: Sequence[Parts]
) -> list[tuple[Parts, Parts]]:
    """Pair alternatives of two documents: those that share most, then the lone ones."""
    if not (old and new) or max(len(old), len(new)) > _MOST:
        return []
    before = {place: _traits(views[0], parts) for place, parts in enumerate(old)}
    after = {place: _traits(views[1], parts) for place, parts in enumerate(new)}
    pairs = []
    for choose in (_sharing, _alone):
        for one, other in choose(before, after):
            if one in before and other in after:
                pairs.append((old[one], new[other]))
                del before[one], after[other]
    return pairs


def _sharing(before: _Places, after: _Places) -> list[tuple[int, int]]:
    """Give the places of those that share something, the most first."""
    found = [
        (-one.shared(other), i, j)
        for i, one in before.items()
        for j, other in after.items()
        if not (one.is_other(other) or _disjoint(one.patterns, other.patterns))
    ]
    return [(i, j) for shares, i, j in sorted(found) if shares]


def _alone(before: _Places, after: _Places) -> list[tuple[int, int]]:
    """Give the places of those that are the only ones of their type on both sides."""
    old, new = (Counter(t.width for t in side.values()) for side in (before, after))
    return [
        (i, j)
        for i, one in before.items()
        for j, other in after.items()
        if old[one.width] == new[one.width] == 1 and not one.is_other(other)
    ]


def _traits(views: Views, parts: Parts) -> _Traits:
    levels = tuple(enumerate(_levels(views, parts)))
    schema = levels[0][1]
    return _Traits(
        width=width_of(schema, views),
        name=schema.opaque or schema.name,
        values=frozenset((n, v) for n, each in levels for v in _values(each)),
        properties=frozenset((n, p) for n, each in levels for p in each.properties),
        demands=frozenset((n, d) for n, each in levels for d in _demands(each, n)),
        patterns=frozenset(
            (n, canonical(each.keywords["pattern"]))
            for n, each in levels
            if "pattern" in each.keywords
        ),
        tags=dict(tag for n, each in levels for tag in _tags(views, each, n)),
    )


def _levels(views: Views, parts: Parts) -> Iterator[Schema]:
    """Give the schema, that of its items, that of their items."""
    for _ in range(_DEEPEST):
        schema = views.view(parts)
        yield schema
        if "items" not in schema.inside:
            return
        parts = schema.inside["items"]


def _values(schema: Schema) -> Shares:
    const = schema.keywords.get("const")
    fixed = frozenset() if const is None else frozenset((canonical(const),))
    return fixed or frozenset(schema.enum or ())


def _demands(schema: Schema, level: int) -> Iterator[Hashable]:
    """Give what limits the values; the type counts for items only, being the same."""
    yield from schema.bounds
    yield from (("required", name) for name in schema.required)
    if level and schema.types:
        yield schema.types


def _tags(
    views: Views, schema: Schema, level: int
) -> Iterator[tuple[Hashable, Shares]]:
    """Give the properties that have few values, as those that name the form do."""
    for name, parts in schema.properties.items():
        values = _values(views.view(parts))
        if 0 < len(values) <= _FEW:
            yield (level, name), values


def _disjoint(old: Shares, new: Shares) -> bool:
    return bool(old and new) and old.isdisjoint(new)


def _mostly_other(old: Shares, new: Shares) -> bool:
    """Tell whether at most half of the names of the lesser side are on the other."""
    return bool(old and new) and 2 * len(old & new) <= min(len(old), len(new))
