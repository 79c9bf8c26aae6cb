"""Pages that begin where another ended, so that each costs what the first one does."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.errors import DataError, UndefinedColumn, UndefinedFunction, UndefinedTable

from .compiling import (
    Source,
    find_all_beyond,
    find_between,
    find_beyond,
    find_place,
    find_position,
)
from .connections import fetch_rows, fetch_text
from .cursors import Cursor, write_cursor
from .finding import Found, fetch_ordinals
from .geometries.resolving import known_ordinals
from .orders import Term, key_term, terms_of
from .queries import Query

# Up to so many rows, a page is found by its number: skipping them is cheap.
CHEAP_DEPTH = 1000

# In the default order, rows are looked for in a few stretches of the table first.
WINDOWS = (20_000, 400_000)

Position = tuple[str | None, ...]


class CursorGoneError(Exception):
    """The rows have changed since, and that of the cursor cannot be found any more."""


def find_at(source: Source, query: Query, cursor: Cursor) -> Found:
    """Find the rows of the page that a cursor means.

    Raises CursorGoneError when there is a next snapshot and nothing is left of the old.
    """
    if cursor.physical_id == source.physical.id:
        return _find(source, query, cursor)
    try:
        return _find(source, query, cursor)
    except (UndefinedTable, UndefinedColumn, UndefinedFunction, DataError) as error:
        raise CursorGoneError from error


def _find(source: Source, query: Query, cursor: Cursor) -> Found:
    terms = terms_of(source.table, query)
    position = _position(source, terms, cursor)
    if not cursor.backward:
        ordinals = _after(source, query, terms, position)
        return Found(ordinals[: query.size], has_next=len(ordinals) > query.size)
    turned = tuple(term.turned for term in terms)
    ordinals = _after(source, query, turned, position)[: query.size]
    return Found(ordinals[::-1], has_next=True)


def find_first(source: Source, query: Query) -> Found:
    """Find the rows of a page that is near the beginning, in the default order."""
    skipped = (query.page - 1) * query.size
    ordinals = _walk(source, query, 0, skipped + query.size + 1)[skipped:]
    return Found(ordinals[: query.size], has_next=len(ordinals) > query.size)


def cursor_after(source: Source, query: Query, found: Found) -> str:
    """Write the cursor of the page after this one; "" where its number is as good."""
    if _is_listed(query) or query.page * query.size < CHEAP_DEPTH:
        return ""
    cursor = Cursor(source.physical.id, found.ordinals[-1], query.page + 1)
    return write_cursor(cursor, source.table.id)


def cursor_before(source: Source, query: Query, found: Found) -> str:
    """Write the cursor of the page before this one; "" where its number is as good."""
    skipped = (query.page - 2) * query.size
    if _is_listed(query) or skipped < CHEAP_DEPTH or not found.ordinals:
        return ""
    first = found.ordinals[0]
    cursor = Cursor(source.physical.id, first, query.page - 1, backward=True)
    return write_cursor(cursor, source.table.id)


def _is_listed(query: Query) -> bool:
    """Say whether its ordinals are known, so that skipping some costs nothing."""
    return query.is_plain or known_ordinals(query) is not None


def _after(
    source: Source, query: Query, terms: Sequence[Term], position: Position
) -> Sequence[int]:
    """Collect the ordinals of a page, and of one row more, stretch by stretch."""
    if len(terms) == 1 and not terms[0].descending:
        return _walk(source, query, int(position[0] or 0), query.size + 1)
    ordinals: list[int] = []
    for statement, values in find_beyond(source, query, terms, position):
        missing = query.size + 1 - len(ordinals)
        if not missing:
            break
        ordinals += fetch_ordinals((statement, (*values, missing)))
    return ordinals


def _walk(source: Source, query: Query, beyond: int, count: int) -> Sequence[int]:
    """Collect ordinals beyond one: from some windows, and then from all the rest."""
    if not query.conditions:
        # Every row fits, so that those beyond one are the next ones.
        return range(beyond + 1, min(beyond + count, source.physical.row_count) + 1)
    ordinals: list[int] = []
    near, values = find_between(source, query)
    for window in WINDOWS:
        if _is_enough(source, ordinals, beyond, count):
            return ordinals
        last = (beyond, beyond + window, count - len(ordinals))
        ordinals += fetch_ordinals((near, (*values, *last)))
        beyond += window
    if _is_enough(source, ordinals, beyond, count):
        return ordinals
    rest, values = find_all_beyond(source, query)
    return ordinals + fetch_ordinals((rest, (*values, beyond, count - len(ordinals))))


def _is_enough(
    source: Source, ordinals: Sequence[int], beyond: int, count: int
) -> bool:
    return beyond >= source.physical.row_count or len(ordinals) == count


def _position(source: Source, terms: Sequence[Term], cursor: Cursor) -> Position:
    """Read the values of the terms in the row of a cursor.

    In a later snapshot the place of the row is that of its identifier, which is read
    where the row was: its table is kept for some time.
    """
    is_here = cursor.physical_id == source.physical.id
    if is_here and len(terms) == 1:
        return (str(cursor.ordinal),)  # the one term there is without others
    values = _values(cursor, terms)
    if is_here:
        return values
    (key,) = _values(cursor, [key_term(source.table)])
    return (*values[:-1], str(_place(source, cursor, key)))


def _values(cursor: Cursor, terms: Sequence[Term]) -> Position:
    rows = fetch_rows(*find_position(cursor.physical_id, terms, cursor.ordinal))
    if not rows:
        raise CursorGoneError
    return tuple(None if value is None else value.decode() for value in rows[0])


def _place(source: Source, cursor: Cursor, key: str | None) -> int:
    """Give the ordinal beyond which the page lies, whether the row is there or not."""
    if cursor.backward:
        return int(fetch_text(*find_place(source, "<", key or "")) or 0) + 1
    return int(fetch_text(*find_place(source, "<=", key or "")) or 0)
