"""The front page's list: a page of APIs as cards, and how the sources are doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import QueryDict

from catalog_service.models import Api, Source
from catalog_service.searching.apis import search_apis
from shared.paging import Page, read_page
from shared.problems import NotFoundError

from .texts import summary

PAGE_SIZE = 24
_LEFT_OUT = ("current__raw", "current__operations", "current__findings")


@dataclass(frozen=True)
class Card:
    """An API as the list shows it."""

    slug: str
    title: str
    summary: str
    owner: str
    state: str
    version: str
    specification: str
    operation_count: int
    changed_at: datetime


@dataclass(frozen=True)
class Pager:
    """Where the reader is, in the words of the shared template."""

    number: int
    pages: int
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class Listing:
    """A page of cards."""

    cards: tuple[Card, ...]
    total: int
    pager: Pager


@dataclass(frozen=True)
class SourceCounts:
    """How many sources there are, and how many of them cannot be read."""

    total: int
    failing: int


def list_apis(query: QueryDict) -> Listing:
    """Return the page that is asked for; raises BadRequestError, NotFoundError."""
    found = search_apis(query.get("q", ""))
    page = Page(read_page(query).number, PAGE_SIZE)
    total = found.count()
    last = page.count_pages(total)
    if page.number > last:
        raise NotFoundError(f"There is no page {page.number}; the last is {last}.")
    chosen = found.select_related("current").defer(*_LEFT_OUT)
    apis = chosen[page.start : page.start + page.size]
    pager = _pager(query, page.number, last)
    return Listing(tuple(map(_card, apis)), total, pager)


def count_sources() -> SourceCounts:
    """Count the sources, and those that cannot be read."""
    failing = Q(state=Source.State.FAILING)
    counts = Source.objects.aggregate(
        total=Count("id"), failing=Count("id", filter=failing)
    )
    return SourceCounts(**counts)


def _card(api: Api) -> Card:
    current = api.current
    return Card(
        slug=api.slug,
        title=api.title,
        summary=summary(api.description),
        owner=api.owner,
        state=api.state,
        version=current.label if current else "",
        specification=current.specification if current else "",
        operation_count=current.facts["operation_count"] if current else 0,
        changed_at=api.changed_at,
    )


def _pager(query: QueryDict, number: int, last: int) -> Pager:
    return Pager(
        number=number,
        pages=last,
        previous_url=_page_url(query, number - 1) if number > 1 else "",
        next_url=_page_url(query, number + 1) if number < last else "",
    )


def _page_url(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"
