"""The comparison of all schemas of two documents, each pair once.

Schemas refer to each other, also in circles. So the pairs form a graph: a pair is
looked at once, whatever leads to it, and what was found in it is told for every use
that reaches it. Work grows with the number of pairs, not with the number of ways.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from catalog_service.diffing.changes import Place
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.kinds import KINDS
from catalog_service.diffing.nodes import Document
from catalog_service.diffing.pairs import Pairing, SchemaPair, Use
from catalog_service.diffing.sameness import Sameness
from catalog_service.diffing.schemas import Parts, Views

_DEEPEST = 400
"""Levels of nesting below which nothing is compared: no document of people has it."""
_STRIDE = 8
"""Vertices that a way skips at most when they tell nothing by themselves."""
Key = tuple[Use, tuple[str, ...], tuple[str, ...]]


@dataclass(eq=False)
class _Vertex:
    """A pair; ``ways`` are the edges that lead to a find, one to each vertex."""

    pair: SchemaPair
    found: list[tuple[Kind, Found]]
    edges: list[tuple[str, Key]] = field(default_factory=list)
    ways: list[tuple[str, _Vertex]] = field(default_factory=list)


@dataclass(frozen=True)
class SchemaFind:
    """Something found in a pair of schemas, and the way to it."""

    kind: Kind
    found: Found
    field: str
    pair: SchemaPair


class SchemaGraph:
    """Pairs of schemas and what was found in them."""

    def __init__(
        self, old: Document, new: Document, sameness: Sameness, today: date
    ) -> None:
        self._pairing = Pairing(Views(old), Views(new), today)
        self._sameness = sameness
        self._vertices: dict[Key, _Vertex] = {}
        self._telling: set[Key] | None = None

    def add(self, use: Use, old: Parts, new: Parts) -> Key:
        """Compare two schemas and all that they contain; give the key of the pair."""
        same = self._sameness.holds_for(old, new)
        old, new = self._pairing.resolve(old, new)
        start = _key(use, old, new)
        if same:
            return start
        waiting = [(start, old, new)]
        self._telling = None
        while waiting:
            key, old_parts, new_parts = waiting.pop()
            if key not in self._vertices:
                waiting += self._grow(key, old_parts, new_parts)
        return start

    def finds(self, start: Key) -> Iterator[SchemaFind]:
        """Give what was found in a pair and all pairs below it, the nearest first."""
        telling = self._with_finds()
        if start not in telling:
            return
        first = self._vertices[start]
        waiting = deque([(first, "")])
        seen = {first}
        while waiting:
            vertex, way = waiting.popleft()
            for kind, found in vertex.found:
                yield SchemaFind(kind, found, way.removeprefix("."), vertex.pair)
            for step, below in vertex.ways:
                if below not in seen:
                    seen.add(below)
                    waiting.append((below, way + step))

    def _grow(self, key: Key, old: Parts, new: Parts) -> list[tuple[Key, Parts, Parts]]:
        use = key[0]
        pair = self._pairing.pair(use, old, new)
        vertex = self._vertices[key] = _Vertex(pair, list(_found(pair)))
        grown: list[tuple[Key, Parts, Parts]] = []
        if old[0].pointer.count("/") > _DEEPEST:
            return grown
        for step, old_below, new_below in sorted(pair.children(), key=lambda c: c[0]):
            if self._sameness.holds_for(old_below, new_below):
                continue
            parts = self._pairing.resolve(old_below, new_below)
            below = _key(self._use_below(use, new_below), *parts)
            vertex.edges.append((step, below))
            grown.append((below, *parts))
        return grown

    def _use_below(self, use: Use, parts: Parts) -> Use:
        if use.idle:
            return use
        return use._replace(idle=is_idle(self._pairing.new, parts, use.place))

    def _with_finds(self) -> set[Key]:
        """Give the pairs from which a find can be reached."""
        if self._telling is None:
            self._telling = self._spread()
            for key in self._telling:
                vertex = self._vertices[key]
                steps: dict[Key, str] = {}
                for step, below in vertex.edges:
                    if below in self._telling:
                        steps.setdefault(below, step)
                vertex.ways = [(step, self._vertices[k]) for k, step in steps.items()]
            for key in self._telling:
                vertex = self._vertices[key]
                vertex.ways = [_shortened(step, below) for step, below in vertex.ways]
        return self._telling

    def _spread(self) -> set[Key]:
        """Go up from the pairs with finds, along all edges."""
        above: dict[Key, list[Key]] = {}
        for key, vertex in self._vertices.items():
            for _, below in vertex.edges:
                above.setdefault(below, []).append(key)
        waiting = [key for key, vertex in self._vertices.items() if vertex.found]
        reached = set(waiting)
        for key in waiting:
            fresh = [k for k in above.get(key, ()) if k not in reached]
            reached.update(fresh)
            waiting += dict.fromkeys(fresh)
        return reached


def _shortened(step: str, vertex: _Vertex) -> tuple[str, _Vertex]:
    """Give the first vertex on a way that tells something or where it forks."""
    for _ in range(_STRIDE):
        if vertex.found or len(vertex.ways) != 1:
            break
        onward, vertex = vertex.ways[0]
        step += onward
    return step, vertex


def is_idle(views: Views, parts: Parts, place: Place) -> bool:
    """Tell whether a property does not travel this way: read-only or write-only."""
    flag = {Place.REQUEST: "readOnly", Place.RESPONSE: "writeOnly"}.get(place)
    return flag is not None and flag in views.view(parts).keywords


def _key(use: Use, old: Parts, new: Parts) -> Key:
    return use, tuple(p.pointer for p in old), tuple(p.pointer for p in new)


def _by_keyword(place: Place) -> dict[str, list[Kind]]:
    """Give the kinds that look at schemas of this use, by keyword."""
    found: dict[str, list[Kind]] = {}
    for kind in KINDS:
        if kind.scope is Scope.SCHEMA and place in kind.places:
            for keyword in kind.watches:
                found.setdefault(keyword, []).append(kind)
    return found


_KINDS = {place: _by_keyword(place) for place in Place}


def _found(pair: SchemaPair) -> Iterator[tuple[Kind, Found]]:
    known = _KINDS[pair.use.place]
    asked: dict[str, None] = {}
    for keyword in pair.differing():
        for kind in known.get(keyword, ()):
            if kind.id not in asked:
                asked[kind.id] = None
                yield from ((kind, found) for found in kind.find(pair))
