"""A step back and a step forward, in the words of the template `_pager.html`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pager:
    """Where the reader of a list is; an address is "" where there is no page."""

    number: int
    pages: int
    previous_url: str
    next_url: str
