"""Indexes of a published table: what its filters and orders are answered from.

Nobody knows yet what will be asked of a table, and it never changes, so each column
that can be asked for gets one index; what that costs and gains stands in ADR 0022.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import psycopg
from psycopg import sql

from data_service.models import PhysicalTable
from data_service.schemas.tables import Field

from .rendering import defer_once

INDEX_TASK = "data_service.tasks.index_rows"

Connection = psycopg.Connection[tuple[object, ...]]

# Fewer rows are read faster than an index pays for itself: some 5 ms.
FEWEST_ROWS = 20_000
# What nobody filters by: the far end of a wide table, and prose.
MOST_INDEXES = 30
LONGEST_TEXT = 500  # bytes; an entry of an index has to fit a third of a page
_TEXTS = frozenset({"string", "string/uri"})
_SCALARS = _TEXTS | {
    *("integer", "number", "boolean"),
    *("string/date", "string/date-time", "string/time"),
}


def request_indexing(physical: PhysicalTable) -> bool:
    """Defer the job, within the caller's transaction, unless there is no need.

    Rows are served as soon as they are checked; half of the time of an import would
    else go by before anybody sees them.
    """
    is_worth = (physical.row_count or 0) >= FEWEST_ROWS
    return is_worth and defer_once(INDEX_TASK, physical)


def index_columns(
    connection: Connection, table: sql.Identifier, fields: Sequence[Field], key: Field
) -> int:
    """Make the indexes of a filled table; give how many.

    The identifier has its own, which finds rows; only its text needs an order too.
    """
    count = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(table))
    (rows,) = count.fetchone() or (0,)
    if int(str(rows)) < FEWEST_ROWS:
        return 0
    asked = [f for f in fields if f != key or f.type_name in _TEXTS]
    prose = _prose(connection, table, [f for f in asked if f.type_name in _TEXTS])
    indexes = list(_indexes([f for f in asked if f not in prose]))[:MOST_INDEXES]
    for definition in indexes:
        connection.execute(sql.SQL("CREATE INDEX ON {} {}").format(table, definition))
    return len(indexes)


def _prose(
    connection: Connection, table: sql.Identifier, texts: Sequence[Field]
) -> list[Field]:
    """Find the fields with a text that is too long for an index."""
    if not texts:
        return []
    lengths = sql.SQL(", ").join(
        sql.SQL("coalesce(max(octet_length({})), 0)").format(sql.Identifier(f.column))
        for f in texts
    )
    row = connection.execute(sql.SQL("SELECT {} FROM {}").format(lengths, table))
    longest = [int(str(length)) for length in row.fetchone() or ()]
    return [f for f, n in zip(texts, longest, strict=True) if n > LONGEST_TEXT]


def _indexes(fields: Sequence[Field]) -> Iterator[sql.Composed]:
    for field in fields:
        column = sql.Identifier(field.column)
        if field.type_name in _TEXTS:
            # `=`, [in], [like] with a start, and _sort; the ordinal ends each order.
            yield sql.SQL("(kade_sort_key({}), _ordinal)").format(column)
        elif field.type_name in _SCALARS:
            # `=`, [in], [gt] and its like, [isnull], and _sort.
            yield sql.SQL("({}, _ordinal)").format(column)
        elif field.type.item in _TEXTS:
            # What [contains] asks of text, in any case.
            yield sql.SQL("USING gin (kade_folded({}))").format(column)
        elif field.type.item:
            yield sql.SQL("USING gin ({})").format(column)
