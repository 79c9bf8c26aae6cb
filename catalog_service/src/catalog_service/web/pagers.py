"""Pages of a list, in the words of the shared template."""

from __future__ import annotations

from django.http import QueryDict

from shared.pages.pager import Pager
from shared.paging import Page, read_page


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
