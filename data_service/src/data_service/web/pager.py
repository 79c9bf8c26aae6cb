"""A step back and a step forward."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pager:
    """What the template of the pager asks."""

    number: int
    pages: int
    previous_url: str
    next_url: str
