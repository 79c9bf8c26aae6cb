"""Running what finds rows: statements whose result is an array of ordinals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .compiling import Statement
from .connections import fetch_text


@dataclass(frozen=True)
class Found:
    """The ordinals of the rows of a page, and whether more rows follow.

    The rows of an unfiltered page are a stretch: `range(first, last + 1)`.
    """

    ordinals: Sequence[int]
    has_next: bool


def fetch_ordinals(statement: Statement) -> list[int]:
    """Run a statement and give the ordinals in its array."""
    text = fetch_text(*statement) or b"{}"
    return [int(ordinal) for ordinal in text[1:-1].split(b",") if ordinal]


def list_text(ordinals: Sequence[int]) -> str:
    """Write ordinals as the array that fetch_ordinals reads."""
    return f"{{{','.join(map(str, ordinals))}}}"
