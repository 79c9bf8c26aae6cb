"""The page of operations: those that answer a question, each with its API."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from catalog_service.models import Operation
from catalog_service.searching.highlighting import highlight
from catalog_service.searching.operations import find_operations
from catalog_service.searching.understanding import understand
from shared.pages.pager import Pager

from .pagers import read_pager

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    """An operation as a list shows it; texts with marks are safe HTML."""

    operation: Operation
    marked_path: str
    marked_summary: str


@dataclass(frozen=True)
class OperationListing:
    """A page of operations."""

    rows: tuple[Row, ...]
    total: int
    pager: Pager
    corrected: tuple[tuple[str, str], ...]


def list_operations(query: QueryDict) -> OperationListing:
    """Return the page that is asked for; raises BadRequestError, NotFoundError."""
    question = understand(query.get("q", ""))
    found = find_operations(question)
    total = found.count()
    page, pager = read_pager(query, total, PAGE_SIZE)
    shown = found.select_related("api").defer("headline", "words", "api__description")
    stems = question.stems
    rows = tuple(
        Row(
            operation,
            highlight(operation.path, stems, whole=True),
            highlight(operation.summary, stems, whole=True),
        )
        for operation in shown[page.start : page.start + page.size]
    )
    return OperationListing(rows, total, pager, tuple(question.corrected.items()))
