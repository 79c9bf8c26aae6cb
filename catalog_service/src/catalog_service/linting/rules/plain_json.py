"""The document is plain JSON of a depth and size that can be looked through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..description import Description
from ..findings import Kind
from ..fitness import MAX_DEPTH
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence
from ..source import MAX_STEPS


def check(description: Description) -> Iterator[Breach]:
    """Yield the whole document when it cannot, or could not, be looked through."""
    reason = description.unfit_reason
    if description.is_exhausted:
        reason = f"steps > {MAX_STEPS}"
    if reason:
        yield Breach(description.root, {"reason": reason})


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


RULE = Rule(
    id="kade:plain-json",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl="Het document is geen gewone JSON van beperkte diepte en omvang ({reason}).",
        en="The document is not plain JSON of limited depth and size ({reason}).",
    ),
    link=specification("format"),
    good={"x-list": _nested(10)},
    bad={"x-list": _nested(MAX_DEPTH)},
    check=check,
)
