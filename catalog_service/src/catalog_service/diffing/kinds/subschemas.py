"""Keywords that hold a schema: what comes, goes and is worded differently.

What changes within one that stays is found in that schema itself, but for
conditions (if, not): there, less is more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import RECEIVED, SENT, Found, Kind, Scope
from catalog_service.diffing.pairs import SchemaPair

_TEXT = {"type": "string"}


@dataclass(frozen=True)
class _Row:
    """One keyword; levels are those of a new demand and of one that is dropped."""

    keyword: str
    kebab: str
    demanded: Level = Level.BREAKING
    dropped: Level = Level.BREAKING
    looser_when_added: bool = False
    value: object = None


_ROWS = (
    _Row("items", "items", Level.WARNING, Level.WARNING),
    _Row("additionalProperties", "additional-properties", Level.WARNING, Level.INFO),
    _Row("contains", "contains"),
    _Row("propertyNames", "property-names"),
    _Row("if", "if"),
    _Row("then", "then"),
    _Row("else", "else"),
    _Row("not", "not", Level.WARNING, Level.WARNING),
    _Row("unevaluatedItems", "unevaluated-items"),
    _Row("unevaluatedProperties", "unevaluated-properties"),
    _Row("contentSchema", "content-schema"),
    _Row("patternProperties", "pattern-property", value={"^x": _TEXT}),
    _Row("dependentSchemas", "dependent-schema", value={"a": _TEXT}),
    _Row("prefixItems", "prefix-item", looser_when_added=True, value=[_TEXT]),
)


def _differing(pair: SchemaPair, keyword: str, *, added: bool) -> Iterator[Found]:
    old, new = pair.old.inside, pair.new.inside
    base, other = (new, old) if added else (old, new)
    for key in sorted(base.keys() - other.keys()):
        head, _, name = key.partition("/")
        if head == keyword:
            pointer = base[key][0].pointer
            side = {"new": pointer} if added else {"old": pointer}
            yield Found({"name": f" '{name}'" if name else ""}, **side)


def _reworded(pair: SchemaPair) -> Iterator[Found]:
    for keyword in sorted(pair.reworded):
        old, new = pair.old.inside[keyword][0], pair.new.inside[keyword][0]
        yield Found({"keyword": keyword}, old.pointer, new.pointer)


def _level(row: _Row, direction: str, *, added: bool) -> Level:
    tighter = added is not row.looser_when_added
    if direction == "request":
        return row.demanded if tighter else Level.INFO
    return Level.INFO if tighter else row.dropped


def _kind(row: _Row, direction: str, event: str) -> Kind:
    added = event == "added"
    bare = {"type": "array"} if row.keyword == "items" else {"title": "A"}
    full = {**bare, row.keyword: row.value or _TEXT}
    did = "now has" if added else "no longer has"
    return Kind(
        id=f"{direction}-{row.kebab}-{event}",
        level=_level(row, direction, added=added),
        sentence=f"{{subject}} {did} the demand {row.keyword}{{name}}.",
        example=(bare, full) if added else (full, bare),
        scope=Scope.SCHEMA,
        find=lambda pair: _differing(pair, row.keyword, added=added),
        places=SENT if direction == "request" else RECEIVED,
        watches=("inside",),
    )


def _condition(direction: str) -> Kind:
    return Kind(
        id=f"{direction}-condition-changed",
        level=Level.WARNING,
        sentence="{subject} has another condition {keyword}.",
        example=({"not": {"type": "string"}}, {"not": {"type": "integer"}}),
        scope=Scope.SCHEMA,
        find=_reworded,
        places=SENT if direction == "request" else RECEIVED,
        watches=("inside",),
    )


KINDS = (
    *(
        _kind(row, direction, event)
        for row in _ROWS
        for direction in ("request", "response")
        for event in ("added", "removed")
    ),
    _condition("request"),
    _condition("response"),
)
