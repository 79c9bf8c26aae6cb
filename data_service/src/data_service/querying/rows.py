"""The rows of a page, and the row of an identifier, as the text that is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import LiteralString

from .compiling import Source, count_rows, explain_rows, find_page, find_row
from .connections import fetch_text, fetch_texts, thread_connection
from .copying import copy_rows
from .finding import Found, fetch_ordinals, list_text
from .geometries.resolving import known_ordinals
from .geometries.values import Resolved
from .keysets import CHEAP_DEPTH, find_at, find_first
from .queries import ESTIMATE, NO_COUNT, Query
from .values import VALUE_TYPES, ValueFaultError


@dataclass(frozen=True)
class Count:
    """How many rows there are on all pages, or may be; None for what is not known."""

    total: int | None = None
    estimate: int | None = None


def find(source: Source, query: Query) -> Found:
    """Find the rows of a page."""
    if query.is_plain:
        return _stretch(source.physical.row_count, query)
    if query.cursor is not None:
        return find_at(source, query, query.cursor)
    known = known_ordinals(query)
    if known is not None:
        page = known.page((query.page - 1) * query.size, query.size + 1)
        return Found(page[: query.size], has_next=len(page) > query.size)
    if not query.sort and query.page * query.size <= CHEAP_DEPTH:
        return find_first(source, query)
    ordinals = fetch_ordinals(find_page(source, query))
    return Found(ordinals[: query.size], has_next=len(ordinals) > query.size)


def count(source: Source, query: Query, found: Found) -> Count:
    """Count the rows of all pages, as far as anybody asked."""
    if query.count == NO_COUNT:
        return Count()
    known = _known_count(source, query, found)
    if known is not None:
        return Count(known)
    if query.count == ESTIMATE:
        return Count(estimate=max(_estimate(source, query), _seen(query, found)))
    return Count(int(fetch_text(*count_rows(source, query)) or 0))


def page_text(source: Source, found: Found) -> bytes:
    """Give the rows of a page, joined by commas."""
    ordinals = found.ordinals
    if not ordinals:
        return b""
    if isinstance(ordinals, range):
        rows = fetch_texts(source.stretch, (ordinals[0], ordinals[-1]))
    else:
        rows = fetch_texts(source.listed, (list_text(ordinals),))
    return source.finish(b",".join(rows)) or b""


def page_lines(source: Source, found: Found, *, options: LiteralString) -> list[bytes]:
    """Give the rows of a page as PostgreSQL copies them, one by one."""
    values = (list_text(found.ordinals),)
    batches = copy_rows(thread_connection(), source.copied, values, options=options)
    return [bytes(row) for batch in batches for row in source.finish_rows(batch)]


def parse_key(source: Source, text: str) -> str | None:
    """Read an identifier out of a path; None when no row can have it."""
    value_type = VALUE_TYPES[source.table.key.type.name]
    try:
        # A path may be longer than a filter: what is in the table can be reached.
        value: str = text if value_type.cast == "text" else value_type.parse(text)
    except ValueFaultError:
        return None
    return value


def row_text(source: Source, key: str) -> bytes | None:
    """Give the row with an identifier."""
    return source.finish(fetch_text(source.single, (key,)))


def find_one(source: Source, key: str) -> Found:
    """Find the row with an identifier, or none."""
    return Found(fetch_ordinals(find_row(source, key)), has_next=False)


def _known_count(source: Source, query: Query, found: Found) -> int | None:
    """Count what needs no look at the rows."""
    if not query.conditions:
        return source.physical.row_count
    known = known_ordinals(query)
    if known is not None:
        return len(known)
    if found.has_next or query.cursor:
        return None
    return _seen(query, found)


def _seen(query: Query, found: Found) -> int:
    """Count the rows up to the end of a page, and the one that is known to follow."""
    return (query.page - 1) * query.size + len(found.ordinals) + found.has_next


def _estimate(source: Source, query: Query) -> int:
    """Give how many rows PostgreSQL expects, which it knows from samples.

    It knows nothing of the sets that geometries were looked up to: of those we know
    which share of the rows they are.
    """
    share, others = 1.0, []
    for condition in query.conditions:
        if isinstance(condition.value, Resolved):
            part = len(condition.value) / max(1, source.physical.row_count)
            share *= 1 - part if condition.operator.name == "not" else part
        else:
            others.append(condition)
    query = replace(query, conditions=tuple(others))
    (explained,) = json.loads(fetch_text(*explain_rows(source, query)) or b"[]")
    expected: int = explained["Plan"]["Plan Rows"]
    return round(expected * share)


def _stretch(row_count: int, query: Query) -> Found:
    first = (query.page - 1) * query.size + 1
    last = min(query.page * query.size, row_count)
    return Found(range(first, last + 1), has_next=last < row_count)
