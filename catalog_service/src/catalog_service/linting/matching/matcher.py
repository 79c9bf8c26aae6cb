"""Hold a value against a schema, within a budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..nodes import Node
from ..sentences import Sentence
from ..source import Source

# Deep enough for real examples, and far from the depth that Python allows.
_MAX_DEPTH = 50
_STEPS_OF_AN_EXAMPLE = 20_000
_STEPS_OF_A_DOCUMENT = 400_000
_NOTHING = Sentence(
    "Hier mag volgens het schema niets staan.",
    "The schema allows nothing here.",
)


@dataclass(frozen=True)
class Fault:
    """Where a value does not fit, and why."""

    node: Node
    sentence: Sentence
    words: dict[str, object] = field(default_factory=dict)


Keyword = Callable[["Matcher", Node, Node], Fault | None]


def forbids_everything(value: Node) -> Fault:
    """Return the fault of a value where the schema is `false`."""
    return Fault(value, _NOTHING)


class _ExhaustedError(Exception):
    """The budget is spent."""


class Matcher:
    """Holds the examples of one document against its schemas."""

    def __init__(self, source: Source, keywords: Mapping[str, Keyword]) -> None:
        self.source = source
        self._keywords = keywords
        self.ignores_siblings = source.family in ("2.0", "3.0")
        # Set when something was skipped, so that "it fits" is not certain.
        self.doubts = False
        self._left = _STEPS_OF_A_DOCUMENT
        self._floor = 0
        self._depth = 0

    def first_fault(self, schema: Node, value: Node) -> Fault | None:
        """Return the first place where a value does not fit; None if none is found."""
        self._floor = max(0, self._left - _STEPS_OF_AN_EXAMPLE)
        self._depth = 0
        self.doubts = False
        try:
            return self.check(schema, value)
        except (_ExhaustedError, RecursionError):
            return None

    def check(self, schema: Node, value: Node) -> Fault | None:
        """Hold a value against a schema, which may be a reference; for keywords."""
        self.spend(1)
        if self._depth >= _MAX_DEPTH:
            raise _ExhaustedError
        self._depth += 1
        try:
            return self._check(schema, value)
        finally:
            self._depth -= 1

    def spend(self, steps: int) -> None:
        """Take steps from the budget."""
        self._left -= steps
        if self._left < self._floor:
            self._left = self._floor
            raise _ExhaustedError

    def _check(self, schema: Node, value: Node) -> Fault | None:
        stated = schema.mapping
        if isinstance(stated.get("$ref"), str):
            fault = self._check_target(schema, value)
            if fault is not None or self.ignores_siblings:
                return fault
        if schema.value is False:
            return forbids_everything(value)
        if value.value is None and stated.get("nullable") is True:
            return None
        for keyword in stated:
            act = self._keywords.get(keyword)
            fault = act(self, schema, value) if act is not None else None
            if fault is not None:
                return fault
        return None

    def _check_target(self, schema: Node, value: Node) -> Fault | None:
        target = self.source.references.resolve(schema)
        if target is None:
            self.doubts = True
            return None
        return self.check(target, value)
