"""The front page's list: a page of APIs as cards, and how the sources are doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import QueryDict

from catalog_service.admitting.lifecycle import stage_of
from catalog_service.models import Api, Source
from catalog_service.searching.apis import find_apis
from catalog_service.searching.facets import FACET_NAMES, choose, count_facets
from catalog_service.searching.highlighting import highlight
from catalog_service.searching.understanding import Question, understand
from shared.pages.pager import Pager

from .choices import FacetChoices, facet_choices
from .pagers import read_pager
from .texts import summary

PAGE_SIZE = 24
_LEFT_OUT = ("current__raw", "current__facts", "current__findings")


@dataclass(frozen=True)
class Card:
    """An API as the list shows it."""

    slug: str
    title: str
    marked_title: str
    summary: str
    marked_summary: str
    owner: str
    state: str
    stage: str
    is_valid: bool
    version: str
    specification: str
    operation_count: int
    changed_at: datetime


@dataclass(frozen=True)
class Listing:
    """A page of cards."""

    cards: tuple[Card, ...]
    total: int
    pager: Pager
    facets: tuple[FacetChoices, ...]
    corrected: tuple[tuple[str, str], ...]
    is_filtered: bool


@dataclass(frozen=True)
class SourceCounts:
    """How many sources there are, and how many of them cannot be read."""

    total: int
    failing: int


def list_apis(query: QueryDict) -> Listing:
    """Return the page that is asked for; raises BadRequestError, NotFoundError."""
    question = understand(query.get("q", ""))
    wanted = {name: text for name in FACET_NAMES if (text := query.get(name, ""))}
    found = find_apis(question)
    chosen = choose(found, wanted)
    total = chosen.count()
    page, pager = read_pager(query, total, PAGE_SIZE)
    shown = chosen.select_related("current").defer(*_LEFT_OUT)
    apis = shown[page.start : page.start + page.size]
    return Listing(
        cards=tuple(_card(api, question) for api in apis),
        total=total,
        pager=pager,
        facets=tuple(facet_choices(query, count_facets(found, wanted))),
        corrected=tuple(question.corrected.items()),
        is_filtered=bool(wanted) or not question.is_empty,
    )


def count_sources() -> SourceCounts:
    """Count the sources, and those that cannot be read."""
    failing = Q(state=Source.State.FAILING)
    counts = Source.objects.aggregate(
        total=Count("id"), failing=Count("id", filter=failing)
    )
    return SourceCounts(**counts)


def _card(api: Api, question: Question) -> Card:
    current = api.current
    marked_summary = highlight(api.description, question.stems)
    return Card(
        slug=api.slug,
        title=api.title,
        marked_title=highlight(api.title, question.stems, whole=True),
        summary="" if marked_summary else summary(api.description),
        marked_summary=marked_summary,
        owner=api.owner,
        state=api.state,
        stage=stage_of(api),
        is_valid=api.is_valid,
        version=current.label if current else "",
        specification=current.specification if current else "",
        operation_count=api.operation_count,
        changed_at=api.changed_at,
    )
