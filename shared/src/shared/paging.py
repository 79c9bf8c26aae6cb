"""Pages of a collection: `page` and `pageSize`, and the links to the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from shared.links import public_url
from shared.problems import BadRequestError, Fault, NotFoundError

DEFAULT_SIZE = 20
MAX_SIZE = 100
MAX_PAGE = 1_000_000


@dataclass(frozen=True)
class Page:
    """The page of a collection that a client asks for, counted from 1."""

    number: int
    size: int

    @property
    def start(self) -> int:
        """The number of items before this page."""
        return (self.number - 1) * self.size

    def count_pages(self, total: int) -> int:
        """Return how many pages `total` items make; nothing is one empty page."""
        return max(1, -(-total // self.size))

    def check(self, total: int) -> None:
        """Raise NotFoundError when the page lies past the last one."""
        last = self.count_pages(total)
        if self.number > last:
            raise NotFoundError(f"There is no page {self.number}; the last is {last}.")


def read_page(parameters: Mapping[str, str]) -> Page:
    """Return the page of `page` and `pageSize`; raises BadRequestError with all faults.

    `parameters` is a query, such as `request.GET`.
    """
    faults: list[Fault] = []
    number = _read(parameters, "page", default=1, highest=MAX_PAGE, faults=faults)
    size = _read(
        parameters, "pageSize", default=DEFAULT_SIZE, highest=MAX_SIZE, faults=faults
    )
    if faults:
        raise BadRequestError(faults=faults)
    return Page(number, size)


def page_links(request: HttpRequest, page: Page, total: int) -> dict[str, str]:
    """Return the addresses of the pages by relation: first, prev, next, last."""
    last = page.count_pages(total)
    numbers = {"first": 1, "prev": page.number - 1, "next": page.number + 1}
    numbers["last"] = last
    return {
        relation: _address(request, number)
        for relation, number in numbers.items()
        if 1 <= number <= last
    }


def link_header(links: Mapping[str, str]) -> str:
    """Return the Link header of `links` (RFC 8288)."""
    return ", ".join(f'<{href}>; rel="{relation}"' for relation, href in links.items())


def _read(
    parameters: Mapping[str, str],
    name: str,
    *,
    default: int,
    highest: int,
    faults: list[Fault],
) -> int:
    text = parameters.get(name)
    if text is None:
        return default
    plain = text.isascii() and text.isdigit() and len(text) < 12
    if plain and 1 <= int(text) <= highest:
        return int(text)
    faults.append(
        Fault(
            name,
            "is not a page" if name == "page" else "is no page size",
            accepted=f"a whole number from 1 to {highest}",
        )
    )
    return default


def _address(request: HttpRequest, number: int) -> str:
    query = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name != "page"
    ]
    return public_url(f"{request.path}?{urlencode([*query, ('page', str(number))])}")
