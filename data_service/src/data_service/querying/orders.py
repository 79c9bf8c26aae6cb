"""Orders of rows, and the rows that come after a row in one (ADR 0022).

The order `a, b` of a page is written with the ordinal at its end, so that it has no
ties. What follows a row in it are stretches, the nearest first: same `a`, same `b` and
a higher ordinal; same `a` and a higher `b`; a higher `a`. Each stretch is a piece of
an index, where one condition with OR would be none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .operators import Compiled
from .queries import Query
from .texts import sort_key
from .values import VALUE_TYPES

_TEXT = "text"
_UNIQUE = "_ordinal"


@dataclass(frozen=True)
class Term:
    """A column or expression to order by, over the alias `f`."""

    expression: sql.Composable
    cast: str
    descending: bool = False
    is_last: bool = False

    @property
    def turned(self) -> Term:
        """Give the term of the opposite order."""
        return replace(self, descending=not self.descending)

    def write(self) -> sql.Composed:
        """Write it for ORDER BY; no value is higher than any."""
        template = "{} DESC" if self.descending else "{}"
        return sql.SQL(template).format(self.expression)


def terms_of(table: Table, query: Query, *, alias: str = "f") -> tuple[Term, ...]:
    """Give the terms of an order; the last one has no two rows alike."""
    terms: list[Term] = []
    for sort in query.sort:
        if sort.field == table.key and not _is_text(sort.field):
            # The ordinals are in its order, so nothing can come after it.
            return (*terms, _unique(alias, descending=sort.descending))
        column = sql.Identifier(alias, sort.field.column)
        expression = sort_key(column) if _is_text(sort.field) else column
        cast = VALUE_TYPES[sort.field.type.name].cast
        terms.append(Term(expression, cast, sort.descending))
    return (*terms, _unique(alias))


def key_term(table: Table) -> Term:
    """Give the term of the identifier, by which the rows lie."""
    cast = VALUE_TYPES[table.key.type.name].cast
    return Term(sql.Identifier("f", table.key.column), cast)


def write_order(terms: Sequence[Term]) -> sql.Composed:
    """Write the terms for ORDER BY."""
    return sql.SQL(", ").join(term.write() for term in terms)


def stretches_beyond(
    terms: Sequence[Term], position: Sequence[str | None]
) -> Iterator[Compiled]:
    """Write the conditions of the stretches after a row, the nearest first.

    `position` has the values of the terms in that row, as text.
    """
    for depth in reversed(range(len(terms))):
        same = list(map(_same, terms[:depth], position[:depth]))
        for beyond in _beyond(terms[depth], position[depth]):
            parts = [*same, beyond]
            condition = sql.SQL(" AND ").join(part for part, _ in parts)
            yield condition, tuple(v for _, values in parts for v in values)


def _is_text(field: Field) -> bool:
    return VALUE_TYPES[field.type.name].cast == _TEXT


def _unique(alias: str, *, descending: bool = False) -> Term:
    column = sql.Identifier(alias, _UNIQUE)
    return Term(column, "bigint", descending, is_last=True)


def _same(term: Term, value: str | None) -> Compiled:
    if value is None:
        return sql.SQL("{} IS NULL").format(term.expression), ()
    return _compare(term, "=", value)


def _beyond(term: Term, value: Any) -> list[Compiled]:
    """Write what comes after a value: no value is the highest of all."""
    if term.descending:
        if value is None:
            return [(sql.SQL("{} IS NOT NULL").format(term.expression), ())]
        return [_compare(term, "<", value)]
    if value is None:
        return []
    higher = [_compare(term, ">", value)]
    return higher if term.is_last else [*higher, _same(term, None)]


def _compare(term: Term, sign: str, value: str) -> Compiled:
    template = sql.SQL(f"{{}} {sign} %s::{term.cast}")
    return template.format(term.expression), (value,)
