"""What a format needs to know of the page that it writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paging:
    """A page among its neighbours; URLs are absolute, "" where there is none.

    `total` counts the rows of all pages, and `estimate` is what it may be; None when
    nobody asked for it.
    """

    number: int
    size: int
    self_url: str
    next_url: str = ""
    previous_url: str = ""
    total: int | None = None
    estimate: int | None = None

    @property
    def pages(self) -> int:
        """Count the pages; no rows at all still make one page."""
        return max(1, -(-(self.total or 0) // self.size))

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Give the relations that exist, with their URLs."""
        relations = (
            ("self", self.self_url),
            ("next", self.next_url),
            ("previous", self.previous_url),
        )
        return tuple((name, url) for name, url in relations if url)
