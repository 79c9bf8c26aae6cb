"""Where in the text a JSON pointer leads: line and column, from 1.

Looked up only for the few pointers that are asked for, by one walk through the tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .decoding import decode
from .parsing import JSON

Place = tuple[int, int]
# Possessive, so that no text makes the pattern go back.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]|[^\s,:{}\[\]"]++', re.DOTALL)
_OPENING, _CLOSING, _SCALAR = range(3)
# Kind, whether an object begins, the text of a scalar, place: plain tuples, because
# there may be a million of them.
_Mark = tuple[int, bool, str, Place]


@dataclass
class _Wanted:
    """The pointers that are looked for, as a tree of their keys."""

    pointer: str = ""
    below: dict[str, _Wanted] = field(default_factory=dict)


@dataclass
class _Level:
    """A collection that is open: where in it the walk is, and what is wanted of it."""

    is_object: bool
    wanted: _Wanted | None
    index: int = 0
    key: str | None = None


def locate(raw: bytes, media_type: str, pointers: Collection[str]) -> dict[str, Place]:
    """Return line and column of each pointer, or of the nearest that stands above it.

    `raw` was read before, so that its text is known to be sound. A member is where its
    key stands.
    """
    if not pointers:
        return {}
    text = decode(raw)
    marks = _json_marks(text) if media_type == JSON else _yaml_marks(text)
    found = _places(marks, _tree(pointers))
    return {pointer: _nearest(found, pointer) for pointer in pointers}


def _tree(pointers: Collection[str]) -> _Wanted:
    root = _Wanted()
    for pointer in pointers:
        node = root
        for key in pointer.split("/")[1:]:
            step = _Wanted(f"{node.pointer}/{key}")
            node = node.below.setdefault(_unescaped(key), step)
    return root


def _unescaped(key: str) -> str:
    return key.replace("~1", "/").replace("~0", "~")


def _nearest(found: dict[str, Place], pointer: str) -> Place:
    while pointer and pointer not in found:
        pointer = pointer.rpartition("/")[0]
    return found.get(pointer, (1, 1))


def _places(marks: Iterator[_Mark], tree: _Wanted) -> dict[str, Place]:
    found: dict[str, Place] = {}
    levels: list[_Level] = []
    for kind, is_object, text, place in marks:
        if kind == _CLOSING:
            levels.pop()
            continue
        wanted = _step(levels[-1], text) if levels else tree
        if wanted is not None:
            found.setdefault(wanted.pointer, place)
        if kind == _OPENING:
            levels.append(_Level(is_object, wanted))
    return found


def _step(level: _Level, text: str) -> _Wanted | None:
    """Return what is wanted of what stands here; of a key, what of its member."""
    if not level.is_object:
        key = str(level.index)
        level.index += 1
    elif level.key is None:
        key = level.key = text
    else:
        key, level.key = level.key, None
    return level.wanted.below.get(key) if level.wanted else None


def _json_marks(text: str) -> Iterator[_Mark]:
    line, line_start, counted = 1, 0, 0
    for token in _TOKEN.finditer(text):
        mark, offset = token.group(), token.start()
        passed = text.count("\n", counted, offset)
        if passed:
            line += passed
            line_start = text.rindex("\n", counted, offset) + 1
        counted = offset
        place = (line, offset - line_start + 1)
        if mark in "{[":
            yield _OPENING, mark == "{", "", place
        elif mark in "}]":
            yield _CLOSING, False, "", place
        else:
            name = json.loads(mark) if "\\" in mark else mark.strip('"')
            yield _SCALAR, False, name, place


def _yaml_marks(text: str) -> Iterator[_Mark]:
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        start: Any = event.start_mark
        place = (start.line + 1, start.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            yield _SCALAR, False, event.value, place
        elif isinstance(event, yaml.CollectionStartEvent):
            yield _OPENING, isinstance(event, yaml.MappingStartEvent), "", place
        elif isinstance(event, yaml.CollectionEndEvent):
            yield _CLOSING, False, "", place
        elif isinstance(event, yaml.AliasEvent):
            yield _SCALAR, False, "*", place
