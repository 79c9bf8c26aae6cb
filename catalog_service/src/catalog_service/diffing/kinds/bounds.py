"""Least and greatest values, lengths and numbers.

A request breaks when a bound gets tighter, a response when it gets looser. A bound
where there was none breaks only whom it hits, which no document tells: a warning;
but a least size always was there, as 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog_service.diffing.bounds import LOWER, NAUGHT, UPPER
from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import RECEIVED, SENT, Found, Kind, Scope
from catalog_service.diffing.pairs import SchemaPair

_EVENTS = {
    "set": "now has a {keyword} of {new}",
    "removed": "lost its {keyword} of {old}",
    "raised": "has a higher {keyword}: {old} became {new}",
    "lowered": "has a lower {keyword}: {old} became {new}",
}
_EXAMPLES = {
    "set": ({}, {"{}": 5}),
    "removed": ({"{}": 5}, {}),
    "raised": ({"{}": 5}, {"{}": 9}),
    "lowered": ({"{}": 9}, {"{}": 5}),
}


def _levels(keyword: str) -> dict[tuple[str, str], Level]:
    """Give what is not mere information: by direction and event."""
    upper = keyword in UPPER
    tighter, looser = ("lowered", "raised") if upper else ("raised", "lowered")
    sized = keyword in NAUGHT
    loses_size = sized or keyword in ("maxLength", "maxItems")
    return {
        ("request", tighter): Level.BREAKING,
        ("request", "set"): Level.BREAKING if sized else Level.WARNING,
        ("response", looser): Level.BREAKING,
        ("response", "removed"): Level.BREAKING if loses_size else Level.WARNING,
    }


def _find(keyword: str, event: str, pair: SchemaPair) -> Iterator[Found]:
    old, new = pair.old.bounds.get(keyword), pair.new.bounds.get(keyword)
    if old is None:
        happened = "set"
    elif new is None:
        happened = "removed"
    else:
        tighter = new.tightness > old.tightness
        happened = "raised" if tighter != (keyword in UPPER) else "lowered"
    if happened == event:
        yield Found({"keyword": keyword, "old": old, "new": new})


def _kind(keyword: str, direction: str, event: str) -> Kind:
    kebab = "".join(f"-{c.lower()}" if c.isupper() else c for c in keyword)
    old, new = (
        {key.format(keyword): value for key, value in side.items()}
        for side in _EXAMPLES[event]
    )
    return Kind(
        id=f"{direction}-{kebab}-{event}",
        level=_levels(keyword).get((direction, event), Level.INFO),
        sentence="{subject} " + _EVENTS[event] + ".",
        example=(old, new),
        scope=Scope.SCHEMA,
        find=lambda pair: _find(keyword, event, pair),
        places=SENT if direction == "request" else RECEIVED,
        watches=(keyword,),
    )


KINDS = tuple(
    _kind(keyword, direction, event)
    for keyword in (*UPPER, *LOWER)
    for direction in ("request", "response")
    for event in _EVENTS
)
