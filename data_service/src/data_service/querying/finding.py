"""Running what finds rows: statements whose result is an array of ordinals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .connections import fetch_text
from .operators import Compiled


@dataclass(frozen=True)
class Found:
    """The ordinals of the rows of a page, and whether more rows follow.

    The rows of an unfiltered page are a stretch: `range(first, last + 1)`.
    """

    ordinals: Sequence[int]
    has_next: bool


def fetch_ordinals(compiled: Compiled) -> list[int]:
    """Run a statement and give the ordinals in its array."""
    text = fetch_compiled(compiled) or b"{}"
    return [int(ordinal) for ordinal in text[1:-1].split(b",") if ordinal]


def fetch_compiled(compiled: Compiled) -> bytes | None:
    """Run a statement and give its first cell."""
    statement, values = compiled
    return fetch_text(statement.as_bytes(None), values)
