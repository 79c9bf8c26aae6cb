"""Find on which line and in which column of a text something stands.

Only what is asked for is remembered, because a text may hold a million values. What an
alias or a merge repeats in YAML is found where it is repeated.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import yaml

Place = tuple[int, int]
# A text, and whether it is a key; a bracket or comma; any other scalar.
_TOKEN = re.compile(
    r'("[^"\\]*+(?:\\.[^"\\]*+)*+")(\s*:)?|[\[\]{},]|[^\s,\[\]{}:"]+', re.DOTALL
)


def positions_in_json(text: str, pointers: Iterable[str]) -> Mapping[str, Place]:
    """Return the line and column, from 1, of what JSON pointers lead to.

    The text is JSON that was read before. A member is where its key stands; what is not
    found is where the nearest thing around it is.
    """
    wanted = _Wanted.of(pointers := tuple(pointers))
    ends = [match.start() for match in re.finditer("\n", text)]
    walk = _Walk(wanted)
    for token in _TOKEN.finditer(text):
        start = token.start()
        line = bisect_right(ends, start - 1)
        place = (line + 1, start - (ends[line - 1] if line else -1))
        mark = text[start]
        if token[2]:
            walk.key(json.loads(token[1]), place)
        elif mark in "[{":
            walk.open(place, is_list=mark == "[")
        elif mark in "]}":
            walk.close()
        elif mark != ",":
            walk.value(place)
    return wanted.places(pointers)


def positions_in_yaml(text: str, pointers: Iterable[str]) -> Mapping[str, Place]:
    """Return the same of a text that is YAML and was read before."""
    wanted = _Wanted.of(pointers := tuple(pointers))
    walk = _Walk(wanted)
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        place = _place(event)
        if isinstance(event, yaml.CollectionStartEvent):
            walk.open(place, is_list=isinstance(event, yaml.SequenceStartEvent))
        elif isinstance(event, yaml.CollectionEndEvent):
            walk.close()
        elif isinstance(event, yaml.NodeEvent):
            if walk.expects_key and isinstance(event, yaml.ScalarEvent):
                walk.key(event.value, place)
            else:
                walk.value(place)
    return wanted.places(pointers)


@dataclass
class _Wanted:
    """Something that is looked for, or that stands around it; a tree by keys."""

    within: dict[str, _Wanted] = field(default_factory=dict)
    place: Place | None = None

    @classmethod
    def of(cls, pointers: Iterable[str]) -> _Wanted:
        top = cls()
        for pointer in pointers:
            node = top
            for key in _keys(pointer):
                node = node.within.setdefault(key, cls())
        return top

    def places(self, pointers: Iterable[str]) -> dict[str, Place]:
        return {pointer: self._nearest(pointer) for pointer in pointers}

    def _nearest(self, pointer: str) -> Place:
        node, place = self, self.place or (1, 1)
        for key in _keys(pointer):
            node = node.within[key]
            place = node.place or place
        return place


@dataclass
class _Level:
    """An object or list that is open, if it is of interest."""

    wanted: _Wanted | None
    is_list: bool
    index: int = 0
    member: _Wanted | None = None
    awaits_key: bool = True


class _Walk:
    """Goes through a text along with its reader."""

    def __init__(self, top: _Wanted) -> None:
        self._levels: list[_Level] = []
        self._top = top

    @property
    def expects_key(self) -> bool:
        """Tell whether the next scalar is a key."""
        return bool(self._levels) and (
            not self._levels[-1].is_list and self._levels[-1].awaits_key
        )

    def key(self, name: str, place: Place) -> None:
        """Pass a key."""
        level = self._levels[-1]
        level.awaits_key = False
        level.member = level.wanted.within.get(name) if level.wanted else None
        if level.member is not None:
            level.member.place = place

    def value(self, place: Place) -> _Wanted | None:
        """Pass a value, or the beginning of one; return it if it is of interest."""
        if not self._levels:
            self._top.place = place
            return self._top
        level = self._levels[-1]
        level.awaits_key = True
        if not level.is_list:
            return level.member
        wanted = level.wanted.within.get(str(level.index)) if level.wanted else None
        level.index += 1
        if wanted is not None:
            wanted.place = place
        return wanted

    def open(self, place: Place, *, is_list: bool) -> None:
        """Enter an object or list."""
        self._levels.append(_Level(self.value(place), is_list))

    def close(self) -> None:
        """Leave it."""
        self._levels.pop()


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _keys(pointer: str) -> list[str]:
    parts = pointer.split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]
