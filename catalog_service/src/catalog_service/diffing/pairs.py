"""Two schemas side by side, as the rules see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from catalog_service.diffing.changes import Place
from catalog_service.diffing.matching import Matched, Matcher
from catalog_service.diffing.nodes import same
from catalog_service.diffing.schemas import UNIONS, Parts, Schema, Views


class Use(NamedTuple):
    """How a schema is used.

    ``textual`` when a value travels as text, so that a number passes where a text
    is asked; ``idle`` when no such value travels at all, as with a read-only
    property in a request.
    """

    place: Place
    textual: bool = False
    idle: bool = False


class SchemaPair(NamedTuple):
    """Two schemas that describe the same value, and how their members match.

    ``wrapped`` when one of them is one alternative of the other: only the
    alternatives are compared then. ``reworded`` names the conditions of which the
    meaning changed; a change inside one tells nothing by itself.
    """

    use: Use
    old: Schema
    new: Schema
    old_views: Views
    new_views: Views
    unions: Mapping[str, Matched]
    members: Matched
    today: date
    wrapped: bool = False
    reworded: frozenset[str] = frozenset()

    def differing(self) -> set[str]:
        """Name the keywords that are not equal on both sides."""
        old, new = self.old, self.new
        if self.wrapped:
            return {"unions", *(("nullable",) if old.nullable != new.nullable else ())}
        found = set(_unequal(old.keywords, new.keywords))
        found.update(_unequal(old.bounds, new.bounds))
        facts = {
            "type": old.types != new.types,
            "nullable": old.nullable != new.nullable,
            "enum": set(old.enum or ()) != set(new.enum or ()),
            "required": old.required != new.required,
            "properties": old.properties.keys() != new.properties.keys(),
            "inside": old.inside.keys() != new.inside.keys() or bool(self.reworded),
            "unions": bool(old.unions or new.unions),
            "members": bool(self.members.added or self.members.removed),
            "opaque": old.opaque != new.opaque,
        }
        found.update(name for name, differs in facts.items() if differs)
        return found

    def children(self) -> Iterator[tuple[str, Parts, Parts]]:
        """Give the pairs of schemas inside, each with its step in the field path."""
        for keyword, matched in self.unions.items():
            for old, new in matched.kept:
                name = self.new_views.view(new).name or self.old_views.view(old).name
                yield f".{keyword}({name})" if name else f".{keyword}", old, new
        if self.wrapped:
            return
        for name in self.old.properties.keys() & self.new.properties.keys():
            yield f".{name}", self.old.properties[name], self.new.properties[name]
        for key in (self.old.inside.keys() & self.new.inside.keys()) - _CONDITIONS:
            step = _STEPS.get(key, f".{key}")
            yield step, self.old.inside[key], self.new.inside[key]


_STEPS = {"items": "[]", "additionalProperties": "{}"}
_CONDITIONS = frozenset({"not", "if"})


class Pairing:
    """Sets schemas of two documents side by side."""

    def __init__(self, old: Views, new: Views, today: date) -> None:
        self.old = old
        self.new = new
        self._matcher = Matcher(old, new)
        self._today = today

    def resolve(self, old: Parts, new: Parts) -> tuple[Parts, Parts]:
        """Give what the parts of two schemas refer to."""
        return self.old.resolve(old), self.new.resolve(new)

    def pair(self, use: Use, old_parts: Parts, new_parts: Parts) -> SchemaPair:
        """Set two schemas side by side and match their members."""
        old, new = self.old.view(old_parts), self.new.view(new_parts)
        parts = (old_parts, new_parts)
        unions, wrapped = _match_unions((old, new), parts, self._matcher)
        return SchemaPair(
            use=use,
            old=old,
            new=new,
            old_views=self.old,
            new_views=self.new,
            unions=unions,
            members=self._matcher.match(old.members, new.members),
            today=self._today,
            wrapped=wrapped,
            reworded=frozenset(self._reworded(old, new)),
        )

    def _reworded(self, old: Schema, new: Schema) -> Iterator[str]:
        for keyword in _CONDITIONS & old.inside.keys() & new.inside.keys():
            before = self._matcher.meaning(self.old, old.inside[keyword])
            if before != self._matcher.meaning(self.new, new.inside[keyword]):
                yield keyword


def _match_unions(
    schemas: tuple[Schema, Schema], parts: tuple[Parts, Parts], matcher: Matcher
) -> tuple[dict[str, Matched], bool]:
    old, new = (dict(schema.unions) for schema in schemas)
    wrapped = _wraps(schemas[0], schemas[1]) or _wraps(schemas[1], schemas[0])
    if wrapped:
        keyword = next(iter(old or new))
        old = old or {keyword: (parts[0],)}
        new = new or {keyword: (parts[1],)}
    if len(old) == len(new) == 1 and old.keys() != new.keys():
        new = {next(iter(old)): next(iter(new.values()))}
    known = [union for union in UNIONS if union in old or union in new]
    match = matcher.match_alternatives
    return {one: match(old.get(one, ()), new.get(one, ())) for one in known}, wrapped


def _wraps(union: Schema, single: Schema) -> bool:
    """Tell whether one schema is nothing but alternatives, the other has none."""
    bare = bool(union.unions) and not (union.properties or union.types)
    return bare and not (single.unions or single.is_anything or single.opaque)


def _unequal(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for key in old.keys() | new.keys():
        if key not in old or key not in new or not same(old[key], new[key]):
            yield key
