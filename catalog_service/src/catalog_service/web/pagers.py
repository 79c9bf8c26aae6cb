"""Pages of a list, in the words of the shared template."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from shared.paging import Page, read_page


@dataclass(frozen=True)
class Pager:
    """Where the reader is."""

    number: int
    pages: int
    previous_url: str
    next_url: str


def read_pager(query: QueryDict, total: int, size: int) -> tuple[Page, Pager]:
    """Return the page that is asked for; raises BadRequestError, NotFoundError."""
    page = Page(read_page(query).number, size)
    page.check(total)
    last = page.count_pages(total)
    number = page.number
    pager = Pager(
        number=number,
        pages=last,
        previous_url=_page_url(query, number - 1) if number > 1 else "",
        next_url=_page_url(query, number + 1) if number < last else "",
    )
    return page, pager


def _page_url(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"
