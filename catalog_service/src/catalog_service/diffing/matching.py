"""Which member of a list of schemas became which.

Members of ``oneOf``, ``anyOf`` and ``allOf`` have no names of their own. Two are the
same when they refer to the same component, when they mean the same, or when they
have the same title; what remains is the same when just one remains on either side.
Members of a union may have changed as well: those that are alike are the same.
Two components of different names that both documents know are never the same, not
even when they mean the same: whoever wrote that chose another one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from catalog_service.diffing.likeness import pair_alike
from catalog_service.diffing.nodes import canonical, same
from catalog_service.diffing.schemas import Parts, Schema, Views

_DEPTH = 3


@dataclass(frozen=True)
class Matched:
    """The members that stayed, as pairs, and those that came and went."""

    kept: tuple[tuple[Parts, Parts], ...] = ()
    removed: tuple[Parts, ...] = ()
    added: tuple[Parts, ...] = ()


class Matcher:
    """Matches the members of lists of schemas of two documents."""

    def __init__(self, old: Views, new: Views) -> None:
        self._old = old
        self._new = new
        self._prints: dict[tuple[int, int, tuple[str, ...]], int] = {}

    def match(self, old: tuple[Parts, ...], new: tuple[Parts, ...]) -> Matched:
        """Pair the members of two lists."""
        if not (old and new):
            return Matched((), old, new)
        kept = _unchanged(old, new)
        if len(kept) == len(old) == len(new):
            return Matched(tuple(kept))
        old, new = _left(old, new, kept)
        for trait in (self._component, self.meaning, self._title):
            if len(old) == len(new) == 1:
                break
            found = self._pair(old, new, trait)
            kept += found
            old, new = _left(old, new, found)
        if len(old) == len(new) == 1 and self._may_be_same(old[0], new[0]):
            return Matched((*kept, (old[0], new[0])))
        return Matched(tuple(kept), old, new)

    def match_alternatives(
        self, old: tuple[Parts, ...], new: tuple[Parts, ...]
    ) -> Matched:
        """Pair the members of two unions, also those that changed and are alike."""
        matched = self.match(old, new)
        views = (self._old, self._new)
        alike = pair_alike(views, matched.removed, matched.added)
        rest = _left(matched.removed, matched.added, alike)
        return Matched((*matched.kept, *alike), *rest)

    def meaning(self, views: Views, parts: Parts, depth: int = _DEPTH) -> int:
        """Give a number that is equal for schemas that demand the same.

        Documentation counts for nothing; below the depth only names and types do.
        """
        key = (id(views), depth, tuple(part.pointer for part in parts))
        if key not in self._prints:
            schema = views.view(parts)
            inner = self._inner(views, schema, depth) if depth else ()
            self._prints[key] = hash((_outline(schema), inner))
        return self._prints[key]

    def _inner(self, views: Views, schema: Schema, depth: int) -> tuple[object, ...]:
        def below(parts: Parts) -> int:
            return self.meaning(views, parts, depth - 1)

        children = {**schema.properties, **schema.inside}
        unions = (
            (union, tuple(sorted(map(below, members))))
            for union, members in sorted(schema.unions.items())
        )
        named = ((name, below(parts)) for name, parts in sorted(children.items()))
        return (tuple(named), tuple(unions), tuple(sorted(schema.required)))

    def _component(self, views: Views, parts: Parts) -> str | None:
        schema = views.view(parts)
        return schema.opaque or schema.component or None

    def _title(self, views: Views, parts: Parts) -> str | None:
        return views.view(parts).title or None

    def _may_be_same(self, old: Parts, new: Parts) -> bool:
        """Tell whether these are not two components that both documents know."""
        before = self._component(self._old, old)
        after = self._component(self._new, new)
        if before is None or after is None or before == after:
            return True
        return not (self._new.knows(before) and self._old.knows(after))

    def _pair(
        self,
        old: tuple[Parts, ...],
        new: tuple[Parts, ...],
        trait: Callable[[Views, Parts], Hashable],
    ) -> list[tuple[Parts, Parts]]:
        """Pair members with an equal trait, each once, the first with the first."""
        waiting: dict[Hashable, list[Parts]] = {}
        for parts in new:
            waiting.setdefault(trait(self._new, parts), []).append(parts)
        found = []
        for parts in old:
            key = trait(self._old, parts)
            left = waiting.get(key, []) if key is not None else []
            for index, partner in enumerate(left):
                if self._may_be_same(parts, partner):
                    found.append((parts, left.pop(index)))
                    break
        return found


def _left(
    old: tuple[Parts, ...],
    new: tuple[Parts, ...],
    kept: list[tuple[Parts, Parts]],
) -> tuple[tuple[Parts, ...], tuple[Parts, ...]]:
    """Give the members that are in no pair."""
    gone = {id(parts) for pair in kept for parts in pair}
    return (
        tuple(parts for parts in old if id(parts) not in gone),
        tuple(parts for parts in new if id(parts) not in gone),
    )


def _unchanged(
    old: tuple[Parts, ...], new: tuple[Parts, ...]
) -> list[tuple[Parts, Parts]]:
    """Pair what is written the same at the same place."""
    return [
        (before, after)
        for before, after in zip(old, new, strict=False)
        if same([part.value for part in before], [part.value for part in after])
    ]


def _outline(schema: Schema) -> tuple[object, ...]:
    plain = {k: canonical(v) for k, v in schema.keywords.items()}
    bounds = sorted((keyword, str(bound)) for keyword, bound in schema.bounds.items())
    return (
        tuple(sorted(schema.types)),
        schema.nullable,
        tuple(sorted(plain.items())),
        tuple(bounds),
        tuple(sorted(schema.enum or ())),
        tuple(sorted(schema.properties)),
        schema.opaque,
    )
