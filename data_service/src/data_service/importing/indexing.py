"""Indexes of a published table: what its filters and orders are answered from.

Nobody knows yet what will be asked of a table, and it never changes, so each column
that can be asked for gets one index before it is served; what that costs and gains
stands in ADR 0022.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from psycopg import sql
from psycopg.errors import ProgramLimitExceeded

from data_service.schemas.tables import Field, Table

from .casting import SCHEMA, Connection
from .filling import Filled
from .progress import Progress

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


def index_table(
    connection: Connection, name: str, filled: Filled, progress: Progress
) -> None:
    """Make the indexes of a filled physical table."""
    target = sql.Identifier(SCHEMA, name)
    definitions = list(_definitions(connection, target, filled))
    for number, definition in enumerate(definitions, 1):
        progress.step(f"indexing, {number} of {len(definitions)}")
        with suppress(ProgramLimitExceeded), connection.transaction():
            # A value that fits no index leaves its field without one, as prose is.
            connection.execute(
                sql.SQL("CREATE INDEX ON {} {}").format(target, definition)
            )
    # After the indexes: what one is made of has statistics of its own.
    connection.execute(sql.SQL("ANALYZE {}").format(target))


def _definitions(
    connection: Connection, target: sql.Identifier, filled: Filled
) -> Iterator[sql.Composed]:
    """Say what to index; the key has its own, and only its text needs an order too."""
    table = filled.table
    yield from _spatial_indexes(table)
    if filled.rows < FEWEST_ROWS:
        return
    asked = [f for f in table.fields if f != table.key or f.type_name in _TEXTS]
    prose = _prose(connection, target, [f for f in asked if f.type_name in _TEXTS])
    yield from islice(_indexes(f for f in asked if f not in prose), MOST_INDEXES)


def _spatial_indexes(table: Table) -> Iterator[sql.Composed]:
    """Index what questions of place are asked of: filters by geometry (ADR 0018)."""
    for field in table.fields:
        if field.type.is_geometry:
            yield sql.SQL("USING gist ({})").format(sql.Identifier(field.native_column))


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


def _indexes(fields: Iterable[Field]) -> Iterator[sql.Composed]:
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
