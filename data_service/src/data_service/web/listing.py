"""The published datasets, searched and paged, in three queries whatever their number.

Title and description are taken out of the schema by PostgreSQL: a whole schema may be
a hundred kilobytes, and a page shows fifty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Lower, NullIf

from data_service.models import DatasetVersion, SnapshotTable
from shared.paging import Page, read_page

from .places import dataset_page_url, service_url

PAGE_SIZE = 48
_LONGEST_QUERY = 200
_MOST_WORDS = 8


@dataclass(frozen=True)
class TableLine:
    """A table as the list shows it."""

    id: str
    row_count: int | None


@dataclass(frozen=True)
class Card:
    """A dataset as the list shows it."""

    id: str
    title: str
    description: str
    loaded_at: datetime | None
    page_url: str
    service_url: str
    tables: tuple[TableLine, ...]

    @property
    def row_count(self) -> int:
        """Add up the rows of the tables."""
        return sum(table.row_count or 0 for table in self.tables)


@dataclass(frozen=True)
class Listing:
    """A page of datasets; `count` is that of all pages."""

    cards: tuple[Card, ...]
    page: Page
    count: int


def search_words(text: str) -> tuple[str, ...]:
    """Give the words of a search; PostgreSQL takes no NUL in a text."""
    return tuple(text[:_LONGEST_QUERY].replace("\0", " ").split()[:_MOST_WORDS])


def list_datasets(words: Iterable[str], number: str) -> Listing:
    """Find the datasets that have every word, in order of title; a page of them.

    Raises BadRequestError for what is no number, NotFoundError past the last page.
    """
    found = reduce(_with_word, words, _published())
    count = found.count()
    page = Page(read_page({"page": number}).number, PAGE_SIZE)
    page.check(count)
    versions = list(found[page.start : page.start + page.size])
    tables = _tables_of(versions)
    cards = tuple(_card(each, tables[each.current_id]) for each in versions)
    return Listing(cards, page, count)


def _published() -> QuerySet[DatasetVersion]:
    text = TextField()
    title = NullIf(KeyTextTransform("title", "current__schema"), Value("", text))
    return (
        DatasetVersion.objects.filter(is_default=True, current__isnull=False)
        .annotate(
            title=Coalesce(title, F("dataset_id"), output_field=text),
            description=Coalesce(
                KeyTextTransform("description", "current__schema"), Value("", text)
            ),
            loaded_at=F("current__activated_at"),
            path=F("dataset__path"),
        )
        .order_by(Lower("title"), "dataset_id")
    )


def _with_word(found: QuerySet[DatasetVersion], word: str) -> QuerySet[DatasetVersion]:
    return found.filter(
        Q(title__icontains=word)
        | Q(description__icontains=word)
        | Q(dataset__id__icontains=word)
    )


def _tables_of(versions: list[DatasetVersion]) -> dict[int | None, list[TableLine]]:
    lines: dict[int | None, list[TableLine]] = defaultdict(list)
    found = SnapshotTable.objects.filter(
        snapshot__in=[version.current_id for version in versions]
    ).order_by("snapshot_id", "id")
    for snapshot, table, rows in found.values_list(
        "snapshot_id", "table", "physical__row_count"
    ):
        lines[snapshot].append(TableLine(table, rows))
    return lines


def _card(version: DatasetVersion, tables: list[TableLine]) -> Card:
    return Card(
        id=version.dataset_id,
        title=version.title,  # type: ignore[attr-defined]
        description=version.description,  # type: ignore[attr-defined]
        loaded_at=version.loaded_at,  # type: ignore[attr-defined]
        page_url=dataset_page_url(version.dataset_id),
        service_url=service_url(version.path),  # type: ignore[attr-defined]
        tables=tuple(tables),
    )
