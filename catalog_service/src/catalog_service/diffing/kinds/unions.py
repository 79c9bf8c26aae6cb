"""Alternatives (oneOf, anyOf) and parts that all apply (allOf)."""

from __future__ import annotations

from collections.abc import Iterator

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import RECEIVED, SENT, Found, Kind, Scope
from catalog_service.diffing.pairs import SchemaPair
from catalog_service.diffing.schemas import Parts, Schema, Views
from catalog_service.diffing.widths import holds, width_of

_KEBAB = {"oneOf": "one-of", "anyOf": "any-of"}


def _called(views: Views, parts: Parts) -> str:
    schema = views.view(parts)
    types = " or ".join(sorted(schema.types)) or "unnamed"
    return f"'{schema.name}'" if schema.name else f"({types})"


def _removed(pair: SchemaPair, parts: Parts) -> Found:
    name = _called(pair.old_views, parts)
    return Found({"name": name}, old=parts[0].pointer)


def _added(pair: SchemaPair, parts: Parts) -> Found:
    name = _called(pair.new_views, parts)
    return Found({"name": name}, new=parts[0].pointer)


def _chosen_from(pair: SchemaPair) -> bool:
    """Tell whether there are alternatives on both sides."""
    return pair.wrapped or bool(pair.old.unions and pair.new.unions)


def _alternatives(pair: SchemaPair, keyword: str, event: str) -> Iterator[Found]:
    matched = pair.unions.get(keyword)
    if matched is None or not _chosen_from(pair):
        return
    if event == "removed":
        yield from (_removed(pair, parts) for parts in matched.removed)
    else:
        yield from (_added(pair, parts) for parts in matched.added)


def _forms(pair: SchemaPair, form: str) -> Iterator[Found]:
    """Find what came among the alternatives of a response, by what it means there."""
    if not _chosen_from(pair):
        return
    for keyword, matched in pair.unions.items():
        for parts in matched.added:
            if _form(pair, keyword, parts) == form:
                yield _added(pair, parts)


def _form(pair: SchemaPair, keyword: str, parts: Parts) -> str:
    """Tell what a new alternative is to a client that knew the others.

    One of a type that it met before at this place splits what there was; where
    there was one form only, or single values only, another is new to it.
    """
    old = width_of(pair.old, pair.old_views)
    new = width_of(pair.new_views.view(parts), pair.new_views)
    known = old.is_scalar and holds(old, new)
    if pair.wrapped and not pair.old.lone:
        return "split" if known else "added"
    if keyword == "anyOf" and old.is_scalar and not known:
        return "added"
    return keyword


def _begin(pair: SchemaPair) -> Iterator[Found]:
    if pair.new.unions and not pair.old.unions and not pair.wrapped:
        yield Found()


def _end(pair: SchemaPair) -> Iterator[Found]:
    if pair.old.unions and not pair.new.unions and not pair.wrapped:
        yield Found()


def _demands_more(old: Schema, part: Schema) -> bool:
    """Tell whether a part of an allOf asks for what was not asked before."""
    held = (
        part.types <= old.types or not part.types,
        part.properties.keys() <= old.properties.keys(),
        part.required <= old.required,
        part.bounds.items() <= old.bounds.items(),
        part.inside.keys() <= old.inside.keys(),
        part.enum is None or old.enum is not None,
        part.keywords.keys() <= old.keywords.keys(),
        not part.unions or bool(old.unions),
        not part.opaque or part.opaque == old.opaque,
    )
    return not all(held)


def _parts_added(pair: SchemaPair) -> Iterator[Found]:
    for parts in pair.members.added:
        if _demands_more(pair.old, pair.new_views.view(parts)):
            yield _added(pair, parts)


def _parts_removed(pair: SchemaPair) -> Iterator[Found]:
    for parts in pair.members.removed:
        if _demands_more(pair.new, pair.old_views.view(parts)):
            yield _removed(pair, parts)


_A = {"title": "A", "type": "object", "properties": {"a": {"type": "string"}}}
_B = {"title": "B", "type": "object", "properties": {"b": {"type": "string"}}}
_TEXT = {"type": "string"}
_C = {"title": "C", **_TEXT}
_LEVELS = {
    ("request", "oneOf", "removed"): Level.BREAKING,
    ("request", "anyOf", "removed"): Level.BREAKING,
    ("response", "oneOf", "added"): Level.BREAKING,
    ("response", "anyOf", "added"): Level.WARNING,
}
_SENTENCES = {
    "removed": "{subject} can no longer be {name}.",
    "added": "{subject} can also be {name}.",
}


def _alternative(direction: str, keyword: str, event: str) -> Kind:
    fewer, more = {keyword: [_A, _B]}, {keyword: [_A, _B, _C]}
    received = (direction, event) == ("response", "added")
    return Kind(
        id=f"{direction}-{_KEBAB[keyword]}-{event}",
        level=_LEVELS.get((direction, keyword, event), Level.INFO),
        sentence=_SENTENCES[event],
        example=(more, fewer) if event == "removed" else (fewer, more),
        scope=Scope.SCHEMA,
        find=lambda pair: (
            _forms(pair, keyword) if received else _alternatives(pair, keyword, event)
        ),
        places=SENT if direction == "request" else RECEIVED,
        watches=("unions",),
    )


def _choice(direction: str, event: str, level: Level) -> Kind:
    any_object, choice = {"type": "object"}, {"type": "object", "oneOf": [_A, _B]}
    begins = event == "introduced"
    return Kind(
        id=f"{direction}-alternatives-{event}",
        level=level,
        sentence="{subject} is "
        + ("now one of several forms." if begins else "no longer one of a few forms."),
        example=(any_object, choice) if begins else (choice, any_object),
        scope=Scope.SCHEMA,
        find=_begin if begins else _end,
        places=SENT if direction == "request" else RECEIVED,
        watches=("unions",),
    )


def _part(direction: str, event: str, level: Level) -> Kind:
    fewer, more = {"allOf": [_A]}, {"allOf": [_A, _B]}
    removed = event == "removed"
    return Kind(
        id=f"{direction}-all-of-{event}",
        level=level,
        sentence="{subject} need no longer be {name} as well."
        if removed
        else "{subject} must be {name} as well.",
        example=(more, fewer) if removed else (fewer, more),
        scope=Scope.SCHEMA,
        find=_parts_removed if removed else _parts_added,
        places=SENT if direction == "request" else RECEIVED,
        watches=("members",),
    )


KINDS = (
    *(
        _alternative(direction, keyword, event)
        for direction in ("request", "response")
        for keyword in _KEBAB
        for event in ("removed", "added")
    ),
    Kind(
        id="response-form-added",
        level=Level.BREAKING,
        sentence="{subject} can now also take the form {name}.",
        example=(_A, {"anyOf": [_A, _B]}),
        scope=Scope.SCHEMA,
        find=lambda pair: _forms(pair, "added"),
        places=RECEIVED,
        watches=("unions",),
    ),
    Kind(
        id="response-form-split",
        level=Level.WARNING,
        sentence="{subject} had one form and is now split: it can be {name}.",
        example=({"enum": ["a"], **_C}, {"anyOf": [_C, {"title": "D", **_TEXT}]}),
        scope=Scope.SCHEMA,
        find=lambda pair: _forms(pair, "split"),
        places=RECEIVED,
        watches=("unions",),
    ),
    _choice("request", "introduced", Level.WARNING),
    _choice("request", "lifted", Level.INFO),
    _choice("response", "introduced", Level.INFO),
    _choice("response", "lifted", Level.WARNING),
    _part("request", "added", Level.BREAKING),
    _part("request", "removed", Level.WARNING),
    _part("response", "added", Level.INFO),
    _part("response", "removed", Level.INFO),
)
