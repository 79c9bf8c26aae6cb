"""Read YAML from its events, within budgets.

PyYAML's own composer ends the whole process on deep nesting, never ends on merge bombs
and keeps the last of two equal keys. The event parser has none of these faults; what it
tells is built up here, counted before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .errors import (
    DocumentError,
    NumberError,
    SyntaxFaultError,
    TooComplexError,
    TooLargeError,
)
from .json_reading import duplicate
from .limits import MAX_ALIASES, MAX_DEPTH, MAX_NODES, MAX_YAML_BYTES
from .scalars import read_scalar
from .values import check_text

_MERGE = "<<"
# A long text weighs more than one value when an alias repeats it.
_CHARACTERS_A_NODE = 32
_CORE = "tag:yaml.org,2002:"
_COLLECTION_TAGS = {"list": _CORE + "seq", "dict": _CORE + "map"}
_SCALAR_TAGS = frozenset(_CORE + name for name in ("int", "float", "bool", "null"))
_TEXT_TAGS = frozenset({_CORE + "str", "!"})


def read_yaml(text: str) -> Any:
    """Return the value of the one document in the text; raise a DocumentError."""
    if len(text) > MAX_YAML_BYTES:
        raise TooLargeError(f"YAML of more than {MAX_YAML_BYTES:,} bytes")
    builder = _Builder()
    for event in _events(text):
        builder.take(event)
    return builder.value


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
        raise SyntaxFaultError(f"not YAML: {error.problem}", **place) from error
    except yaml.YAMLError as error:
        reason = str(error).partition("\n")[0]
        raise SyntaxFaultError(f"not YAML: {reason}") from error


@dataclass(frozen=True)
class _Node:
    """A finished value, with what it costs to repeat it.

    `text` is how a scalar is written, which is what counts when it is a key.
    """

    value: Any
    text: str | None
    weight: int
    height: int


@dataclass
class _Open:
    """A collection whose end is not seen yet."""

    value: Any
    anchor: str | None
    weight_before: int
    height: int = 1
    key: str | None = None
    lines: dict[str, int] = field(default_factory=dict)
    merged: list[dict[str, Any]] = field(default_factory=list)


class _Builder:
    """Builds one value out of the events of one YAML stream."""

    def __init__(self) -> None:
        self.value: Any = None
        self._documents = 0
        self._aliases = 0
        self._weight = 0
        self._open: list[_Open] = []
        self._anchors: dict[str, _Node | None] = {}
        self._takes = {
            yaml.DocumentStartEvent: self._start_document,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: self._start_list,
            yaml.MappingStartEvent: self._start_dict,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
        }

    def take(self, event: Any) -> None:
        """Take the next event."""
        act = self._takes.get(type(event))
        if act is not None:
            act(event)

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise SyntaxFaultError("a second YAML document begins", line=_line(event))

    def _scalar(self, event: Any) -> None:
        check_text(event.value, line=_line(event))
        weight = 1 + len(event.value) // _CHARACTERS_A_NODE
        node = _Node(_scalar_value(event), event.value, weight, 0)
        self._spend(weight, event)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._place(node, event)

    def _alias(self, event: Any) -> None:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise TooComplexError(f"more than {MAX_ALIASES:,} aliases")
        if event.anchor not in self._anchors:
            raise SyntaxFaultError(
                f"the anchor of *{event.anchor} is not defined", line=_line(event)
            )
        node = self._anchors[event.anchor]
        if node is None:
            raise TooComplexError(
                f"*{event.anchor} stands within what it repeats", line=_line(event)
            )
        if len(self._open) + node.height > MAX_DEPTH:
            raise _too_deep(event)
        self._spend(node.weight, event)
        self._place(node, event)

    def _start_list(self, event: Any) -> None:
        self._start(event, [])

    def _start_dict(self, event: Any) -> None:
        self._start(event, {})

    def _start(self, event: Any, value: Any) -> None:
        if event.tag not in (None, "!", _COLLECTION_TAGS[type(value).__name__]):
            raise _unknown_tag(event)
        if len(self._open) >= MAX_DEPTH:
            raise _too_deep(event)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(value, event.anchor, self._weight))
        self._spend(1, event)

    def _end(self, event: Any) -> None:
        ended = self._open.pop()
        for addition in ended.merged:
            for key, value in addition.items():
                ended.value.setdefault(key, value)
        weight = self._weight - ended.weight_before
        node = _Node(ended.value, None, weight, ended.height)
        if ended.anchor:
            self._anchors[ended.anchor] = node
        self._place(node, event)

    def _place(self, node: _Node, event: Any) -> None:
        """Put a finished value where it belongs: it may turn out to be a key."""
        if not self._open:
            self.value = node.value
            return
        parent = self._open[-1]
        parent.height = max(parent.height, node.height + 1)
        if isinstance(parent.value, list):
            parent.value.append(node.value)
        elif parent.key is None:
            parent.key = _key(parent, node, event)
        else:
            _put(parent, parent.key, node, event)
            parent.key = None

    def _spend(self, weight: int, event: Any) -> None:
        self._weight += weight
        if self._weight > MAX_NODES:
            raise TooComplexError(f"more than {MAX_NODES:,} values", line=_line(event))


def _key(parent: _Open, node: _Node, event: Any) -> str:
    if node.text is None:
        raise SyntaxFaultError("a list or object as key", line=_line(event))
    line = _line(event)
    if node.text in parent.lines:
        raise duplicate(node.text, parent.lines[node.text], line)
    parent.lines[node.text] = line
    return node.text


def _put(parent: _Open, key: str, node: _Node, event: Any) -> None:
    """Put a value under its key; `<<` merges, as the readers of YAML 1.1 do."""
    if key != _MERGE:
        parent.value[key] = node.value
        return
    additions = node.value if isinstance(node.value, list) else [node.value]
    if not all(isinstance(addition, dict) for addition in additions):
        raise SyntaxFaultError(
            "<< merges something else than objects", line=_line(event)
        )
    parent.merged.extend(additions)


def _scalar_value(event: Any) -> Any:
    tag = event.tag
    if tag is None and not event.implicit[0]:
        return event.value
    if tag is None or tag in _SCALAR_TAGS:
        return _plain(event)
    if tag in _TEXT_TAGS:
        return event.value
    raise _unknown_tag(event)


def _plain(event: Any) -> Any:
    try:
        return read_scalar(event.value)
    except NumberError as error:
        raise NumberError(error.reason, line=_line(event)) from error


def _unknown_tag(event: Any) -> DocumentError:
    return SyntaxFaultError(f"the tag {event.tag} is not allowed", line=_line(event))


def _too_deep(event: Any) -> DocumentError:
    return TooComplexError(f"nested more than {MAX_DEPTH} deep", line=_line(event))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
