"""From queries to statements (ADR 0003).

Rows are found first and fetched after: a filter or an order gives the ordinals of a
page, and the page is fetched by ordinals. So what is fetched is always a stretch of
the table, or a list of ordinals, whatever was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .operators import Compiled, Operand, operators_of
from .orders import Term, stretches_beyond, terms_of, write_order
from .queries import Query
from .snapshots import Physical
from .values import VALUE_TYPES

_SCHEMA = "rows"
Statement = tuple[bytes, tuple[Any, ...]]


class Recoder(Protocol):
    """Finishes the text of rows: of geometries in a CRS that is not stored."""

    def recode(self, text: bytes) -> bytes: ...

    def recode_rows(self, rows: Sequence[bytes | memoryview]) -> list[bytes]: ...


@dataclass(frozen=True, eq=False)
class Source:
    """Where the rows of a table come from, and what is selected of each.

    It lives as long as its snapshot does, and its statements with it.

    Attributes:
        fields: Those that are shown.
        selected: A select list over the alias `r`.
        stored: Whether `r` is the sibling with the finished JSON of each row.
        added: Columns that `r` has besides those of the table, defined over `t`.
        recoder: Finishes the text of rows that PostgreSQL cannot finish.
    """

    table: Table
    physical: Physical
    fields: tuple[Field, ...]
    selected: sql.Composable
    stored: bool = False
    added: tuple[sql.Composable, ...] = ()
    recoder: Recoder | None = None

    @property
    def relation(self) -> sql.Composable:
        """Write the relation with its alias."""
        if self.added:
            return sql.SQL("(SELECT t.*, {} FROM {} AS t) AS r").format(
                sql.SQL(", ").join(self.added), _name(self.physical)
            )
        name = self.physical.json_name if self.stored else self.physical.name
        return sql.SQL("{} AS r").format(sql.Identifier(_SCHEMA, name))

    @property
    def ordinal(self) -> sql.Composable:
        """Write the column with the place of a row in the default order."""
        return sql.Identifier("r", "ordinal" if self.stored else "_ordinal")

    @cached_property
    def stretch(self) -> bytes:
        """Write: the text of the rows from an ordinal to another.

        One by one: to join them takes PostgreSQL longer than to find them.
        """
        return self._write(
            "SELECT {selected} FROM {relation}"
            " WHERE {ordinal} BETWEEN %s AND %s ORDER BY {ordinal}"
        )

    @cached_property
    def listed(self) -> bytes:
        """Write: the text of the rows with these ordinals, in this order."""
        return self.copied.as_bytes(None)

    @cached_property
    def single(self) -> bytes:
        """Write: the text of the row with this identifier."""
        equal, _ = _identified(self.table, "")
        found = sql.SQL("SELECT f._ordinal FROM {} AS f WHERE {}")
        return self.format(
            "SELECT {selected} FROM {relation} WHERE {ordinal} = ({found})",
            found=found.format(_name(self.physical), equal),
        ).as_bytes(None)

    @cached_property
    def copied(self) -> sql.Composed:
        """Write the question of a COPY of the rows with these ordinals."""
        return self.format(
            "SELECT {selected}"
            " FROM unnest(%s::bigint[]) WITH ORDINALITY AS k(ordinal, n)"
            " JOIN {relation} ON {ordinal} = k.ordinal ORDER BY k.n"
        )

    def finish(self, text: bytes | None) -> bytes | None:
        """Give the text of rows as it is sent."""
        return self.recoder.recode(text) if self.recoder and text else text

    def finish_rows(self, rows: Sequence[memoryview]) -> Sequence[bytes | memoryview]:
        """Give rows as they are sent."""
        return self.recoder.recode_rows(rows) if self.recoder else rows

    def format(self, template: str, **parts: sql.Composable) -> sql.Composed:
        """Fill a template with the parts of this source, and others."""
        return sql.SQL(template).format(
            selected=self.selected,
            ordinal=self.ordinal,
            relation=self.relation,
            **parts,
        )

    def _write(self, template: str) -> bytes:
        return self.format(template).as_bytes(None)


def find_page(source: Source, query: Query) -> Statement:
    """Write: the ordinals of the rows of a page, and of one more, as one array."""
    where, values = _where(source.table, query)
    statement = sql.SQL(
        "SELECT ARRAY(SELECT f._ordinal FROM {} AS f{} ORDER BY {} LIMIT %s OFFSET %s)"
    ).format(_name(source.physical), where, _order(source.table, query))
    offset = (query.page - 1) * query.size
    return statement.as_bytes(None), (*values, query.size + 1, offset)


def find_position(physical_id: int, terms: Sequence[Term], ordinal: int) -> Statement:
    """Write: the values of the terms in a row of a physical table, as text."""
    name = f"t{physical_id}"
    columns = sql.SQL(", ").join(
        sql.SQL("{}::text").format(t.expression) for t in terms
    )
    statement = sql.SQL("SELECT {} FROM {} AS f WHERE f._ordinal = %s").format(
        columns, sql.Identifier(_SCHEMA, name)
    )
    return statement.as_bytes(None), (ordinal,)


def find_beyond(
    source: Source,
    query: Query,
    terms: Sequence[Term],
    position: Sequence[str | None],
) -> Iterator[Statement]:
    """Write for each stretch after a row: the ordinals of its first rows, as array.

    How many is the last parameter, and left to the caller.
    """
    where, values = _where(source.table, query)
    for condition, positions in stretches_beyond(terms, position):
        statement = sql.SQL(
            "SELECT ARRAY(SELECT f._ordinal FROM {} AS f{}{} {} ORDER BY {} LIMIT %s)"
        ).format(
            _name(source.physical), where, _joint(query), condition, write_order(terms)
        )
        yield statement.as_bytes(None), (*values, *positions)


def find_row(source: Source, value: Any) -> Statement:
    """Write: the ordinal of the row with this identifier, as an array."""
    where, values = _identified(source.table, value)
    statement = sql.SQL("SELECT ARRAY(SELECT f._ordinal FROM {} AS f WHERE {})")
    return statement.format(_name(source.physical), where).as_bytes(None), values


def find_between(source: Source, query: Query) -> Statement:
    """Write: the ordinals of the rows that fit, beyond one and up to another.

    These two and how many are the last parameters, and left to the caller.
    """
    where, values = _where(source.table, query)
    statement = sql.SQL(
        "SELECT ARRAY(SELECT f._ordinal FROM {} AS f{}{}"
        " f._ordinal > %s AND f._ordinal <= %s ORDER BY f._ordinal LIMIT %s)"
    ).format(_name(source.physical), where, _joint(query))
    return statement.as_bytes(None), values


def find_all_beyond(source: Source, query: Query) -> Statement:
    """Write the same for all rows beyond one, found first and put in order then.

    That one and how many are the last parameters. OFFSET 0 keeps PostgreSQL from
    walking the table in its order instead: it takes rows that fit for evenly spread,
    and they may all lie at the end.
    """
    where, values = _where(source.table, query)
    statement = sql.SQL(
        "SELECT ARRAY(SELECT k._ordinal FROM (SELECT f._ordinal FROM {} AS f{}{}"
        " f._ordinal > %s OFFSET 0) AS k ORDER BY k._ordinal LIMIT %s)"
    ).format(_name(source.physical), where, _joint(query))
    return statement.as_bytes(None), values


def find_place(source: Source, sign: Literal["<", "<="], value: str) -> Statement:
    """Write: the ordinal of the last row whose identifier is `<` or `<=` a value."""
    key = source.table.key
    statement = sql.SQL(
        "SELECT coalesce((SELECT f._ordinal FROM {table} AS f"
        " WHERE {key} {sign} %s::{cast} ORDER BY {key} DESC LIMIT 1), 0)"
    ).format(
        sign=sql.SQL(sign),
        table=_name(source.physical),
        key=sql.Identifier("f", key.column),
        cast=sql.SQL(VALUE_TYPES[key.type.name].cast),
    )
    return statement.as_bytes(None), (value,)


def count_rows(source: Source, query: Query) -> Statement:
    """Write: how many rows fit the conditions."""
    where, values = _where(source.table, query)
    statement = sql.SQL("SELECT count(*) FROM {} AS f{}")
    return statement.format(_name(source.physical), where).as_bytes(None), values


def explain_rows(source: Source, query: Query) -> Statement:
    """Write: what PostgreSQL expects of finding the rows that fit, as JSON."""
    where, values = _where(source.table, query, sampled=True)
    statement = sql.SQL("EXPLAIN (FORMAT JSON) SELECT FROM {} AS f{}")
    return statement.format(_name(source.physical), where).as_bytes(None), values


def copy_all(source: Source, query: Query) -> Compiled:
    """Write the question of a COPY of all rows that fit, in the order asked for."""
    where, values = _where(source.table, query, alias="r")
    order = _order(source.table, query, alias="r")
    return (
        source.format(
            "SELECT {selected} FROM {relation}{where} ORDER BY {order}",
            where=where,
            order=order,
        ),
        values,
    )


def _name(physical: Physical) -> sql.Identifier:
    return sql.Identifier(_SCHEMA, physical.name)


def _identified(table: Table, value: Any) -> Compiled:
    equal = next(o for o in operators_of(table.key) if o.name == "")
    return equal.compile(Operand(table.key, exact=True), value)


def _where(
    table: Table, query: Query, *, alias: str = "f", sampled: bool = False
) -> Compiled:
    if not query.conditions:
        return sql.SQL(""), ()
    compiled = [
        c.operator.compile(
            Operand(c.field, exact=c.field == table.key, alias=alias, sampled=sampled),
            c.value,
        )
        for c in query.conditions
    ]
    conditions = sql.SQL(" AND ").join(condition for condition, _ in compiled)
    values = tuple(value for _, values in compiled for value in values)
    return sql.SQL(" WHERE {}").format(conditions), values


def _joint(query: Query) -> sql.SQL:
    return sql.SQL(" AND" if query.conditions else " WHERE")


def _order(table: Table, query: Query, *, alias: str = "f") -> sql.Composable:
    return write_order(terms_of(table, query, alias=alias))
