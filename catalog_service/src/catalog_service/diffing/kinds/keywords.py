"""Keywords with a plain value: patterns, encodings, defaults, flags.

One row per keyword and event; the finder only looks at presence and value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from catalog_service.diffing.changes import Level, Place
from catalog_service.diffing.kind import RECEIVED, SENT, Found, Kind, Scope
from catalog_service.diffing.nodes import canonical
from catalog_service.diffing.pairs import SchemaPair

_ANYTHING = frozenset({".*", "^.*$", ""})


def _shown(value: object) -> str:
    return canonical(value)[:80]


def _find(pair: SchemaPair, keyword: str, event: str) -> Iterator[Found]:
    old, new = pair.old.keywords, pair.new.keywords
    there = (keyword in old, keyword in new)
    happened = {
        (False, True): "added",
        (True, False): "removed",
        (True, True): "changed",
    }.get(there)
    if happened == event:
        values = (_shown(old.get(keyword)), _shown(new.get(keyword)))
        yield Found({"old": values[0], "new": values[1]})


def _event(keyword: str, event: str) -> Callable[[SchemaPair], Iterator[Found]]:
    return lambda pair: _find(pair, keyword, event)


def _pattern(pair: SchemaPair, *, general: bool) -> Iterator[Found]:
    if (str(pair.new.keywords.get("pattern")) in _ANYTHING) is general:
        yield from _find(pair, "pattern", "changed")


def _either(pair: SchemaPair, keyword: str) -> Iterator[Found]:
    """Find a keyword that came, went or changed."""
    for event in ("added", "removed", "changed"):
        yield from _find(pair, keyword, event)


_SENTENCES = {
    "added": "{{subject}} now has {keyword} {{new}}.",
    "removed": "{{subject}} no longer has {keyword} {{old}}.",
    "changed": "{{subject}} has another {keyword}: {{old}} became {{new}}.",
}


def _rows(
    places: frozenset[Place],
    prefix: str,
    keyword: tuple[str, str, object, object],
    levels: dict[str, Level],
) -> Iterator[Kind]:
    """Give the kinds of one keyword: its name, in an id, and two example values."""
    name, kebab, one, other = keyword
    sides = {
        "added": ({}, {name: one}),
        "removed": ({name: one}, {}),
        "changed": ({name: one}, {name: other}),
    }
    for event, level in levels.items():
        yield Kind(
            id=f"{prefix}-{kebab}-{event}",
            level=level,
            sentence=_SENTENCES[event].format(keyword=name),
            example=sides[event],
            scope=Scope.SCHEMA,
            find=_event(name, event),
            places=places,
            watches=(name,),
        )


def _all(added: Level, removed: Level, changed: Level) -> dict[str, Level]:
    return {"added": added, "removed": removed, "changed": changed}


_BREAKING, _WARNING, _INFO = Level.BREAKING, Level.WARNING, Level.INFO
_DEFAULT = ("default", "default", "a", "b")
_UNIQUE = ("uniqueItems", "unique-items", True, False)
_MULTIPLE = ("multipleOf", "multiple-of", 2, 3)
_FLAGS = (
    ("readOnly", "read-only", True, True),
    ("writeOnly", "write-only", True, True),
)
_sent = partial(Kind, scope=Scope.SCHEMA, places=SENT)
_received = partial(Kind, scope=Scope.SCHEMA, places=RECEIVED)


def _encoding(prefix: str, keyword: str, kebab: str) -> Kind:
    return Kind(
        id=f"{prefix}-{kebab}-changed",
        level=_BREAKING,
        sentence=f"{{subject}} has another {keyword}: {{old}} became {{new}}.",
        example=({"type": "string"}, {"type": "string", keyword: "base64"}),
        scope=Scope.SCHEMA,
        find=lambda pair: _either(pair, keyword),
        places=SENT if prefix == "request" else RECEIVED,
        watches=(keyword,),
    )


KINDS = (
    *_rows(
        frozenset({Place.PARAMETER}),
        "parameter",
        _DEFAULT,
        _all(_BREAKING, _BREAKING, _BREAKING),
    ),
    *_rows(frozenset({Place.REQUEST}), "request", _DEFAULT, _all(_INFO, _INFO, _INFO)),
    *_rows(RECEIVED, "response", _DEFAULT, _all(_INFO, _INFO, _INFO)),
    *_rows(SENT, "request", _UNIQUE, {"added": _WARNING, "removed": _INFO}),
    *_rows(RECEIVED, "response", _UNIQUE, {"added": _INFO, "removed": _WARNING}),
    *_rows(SENT, "request", _MULTIPLE, _all(_WARNING, _INFO, _WARNING)),
    *_rows(RECEIVED, "response", _MULTIPLE, _all(_INFO, _WARNING, _WARNING)),
    *(
        kind
        for flag in _FLAGS
        for kind in _rows(SENT, "request", flag, {"added": _INFO, "removed": _INFO})
    ),
    *_rows(RECEIVED, "response", _FLAGS[0], {"added": _INFO, "removed": _INFO}),
    *_rows(RECEIVED, "response", _FLAGS[1], {"added": _WARNING, "removed": _WARNING}),
    _encoding("request", "contentEncoding", "content-encoding"),
    _encoding("response", "contentEncoding", "content-encoding"),
    _encoding("request", "contentMediaType", "content-media-type"),
    _encoding("response", "contentMediaType", "content-media-type"),
    _sent(
        id="request-pattern-added",
        level=_BREAKING,
        sentence="{subject} must now match the pattern {new}.",
        example=({"type": "string"}, {"type": "string", "pattern": "^a"}),
        watches=("pattern",),
        find=_event("pattern", "added"),
    ),
    _sent(
        id="request-pattern-changed",
        level=_WARNING,
        sentence="{subject} must match another pattern: {old} became {new}.",
        example=({"pattern": "^a"}, {"pattern": "^b"}),
        watches=("pattern",),
        find=lambda pair: _pattern(pair, general=False),
    ),
    _sent(
        id="request-pattern-generalised",
        level=_INFO,
        sentence="{subject} may be any text, where it had to match {old}.",
        example=({"pattern": "^a"}, {"pattern": ".*"}),
        watches=("pattern",),
        find=lambda pair: _pattern(pair, general=True),
    ),
    _sent(
        id="request-pattern-removed",
        level=_INFO,
        sentence="{subject} need no longer match the pattern {old}.",
        example=({"pattern": "^a"}, {}),
        watches=("pattern",),
        find=_event("pattern", "removed"),
    ),
    *_rows(
        RECEIVED,
        "response",
        ("pattern", "pattern", "^a", "^b"),
        _all(_INFO, _INFO, _INFO),
    ),
    _sent(
        id="request-value-forbidden",
        level=_WARNING,
        sentence="{subject} may have no value at all.",
        example=({"properties": {"a": {}}}, {"properties": {"a": False}}),
        watches=("false",),
        find=_event("false", "added"),
    ),
    _received(
        id="response-value-forbidden",
        level=_WARNING,
        sentence="{subject} never has a value any more.",
        example=({"properties": {"a": {}}}, {"properties": {"a": False}}),
        watches=("false",),
        find=_event("false", "added"),
    ),
    Kind(
        id="outside-reference-changed",
        level=_WARNING,
        sentence="{subject} refers to something else outside the document: "
        "{old} became {new}.",
        example=({"$ref": "https://a.test/a"}, {"$ref": "https://a.test/b"}),
        scope=Scope.SCHEMA,
        watches=("opaque",),
        find=lambda pair: [
            Found({"old": pair.old.opaque or "-", "new": pair.new.opaque or "-"})
        ],
    ),
)
