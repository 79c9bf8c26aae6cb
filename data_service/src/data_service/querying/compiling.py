"""From queries to statements (ADR 0003).

Rows are found first and fetched after: a filter or an order gives the ordinals of a
page, and the page is fetched by ordinals. So what is fetched is always a stretch of
the table, or a list of ordinals, whatever was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .operators import Compiled, Operand, operators_of
from .queries import Query
from .snapshots import Physical

_SCHEMA = "rows"


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
        """Write: the text of the rows from an ordinal to another, with commas."""
        return self._write(
            "SELECT string_agg({selected}, ',' ORDER BY {ordinal}) FROM {relation}"
            " WHERE {ordinal} BETWEEN %s AND %s"
        )

    @cached_property
    def listed(self) -> bytes:
        """Write: the text of the rows with these ordinals, in this order."""
        return self._write(
            "SELECT string_agg({selected}, ',' ORDER BY k.n)"
            " FROM unnest(%s::bigint[]) WITH ORDINALITY AS k(ordinal, n)"
            " JOIN {relation} ON {ordinal} = k.ordinal"
        )

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


def find_page(source: Source, query: Query) -> Compiled:
    """Write: the ordinals of the rows of a page, and of one more, as one array."""
    where, values = _where(source.table, query)
    statement = sql.SQL(
        "SELECT ARRAY(SELECT f._ordinal FROM {} AS f{} ORDER BY {} LIMIT %s OFFSET %s)"
    ).format(_name(source.physical), where, _order(query))
    offset = (query.page - 1) * query.size
    return statement, (*values, query.size + 1, offset)


def find_row(source: Source, value: Any) -> Compiled:
    """Write: the ordinal of the row with this identifier, as an array."""
    where, values = _identified(source.table, value)
    statement = sql.SQL("SELECT ARRAY(SELECT f._ordinal FROM {} AS f WHERE {})")
    return statement.format(_name(source.physical), where), values


def count_rows(source: Source, query: Query) -> Compiled:
    """Write: how many rows fit the conditions."""
    where, values = _where(source.table, query)
    statement = sql.SQL("SELECT count(*) FROM {} AS f{}")
    return statement.format(_name(source.physical), where), values


def copy_all(source: Source, query: Query) -> Compiled:
    """Write the question of a COPY of all rows that fit, in the order asked for."""
    where, values = _where(source.table, query, alias="r")
    order = _order(query, alias="r")
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


def _where(table: Table, query: Query, *, alias: str = "f") -> Compiled:
    if not query.conditions:
        return sql.SQL(""), ()
    compiled = [
        c.operator.compile(
            Operand(c.field, exact=c.field == table.key, alias=alias), c.value
        )
        for c in query.conditions
    ]
    conditions = sql.SQL(" AND ").join(condition for condition, _ in compiled)
    values = tuple(value for _, values in compiled for value in values)
    return sql.SQL(" WHERE {}").format(conditions), values


def _order(query: Query, *, alias: str = "f") -> sql.Composable:
    """Write the order; the ordinal, which no two rows share, always comes last."""
    terms = [
        sql.SQL("{} DESC" if s.descending else "{}").format(
            sql.Identifier(alias, s.field.column)
        )
        for s in query.sort
    ]
    return sql.SQL(", ").join([*terms, sql.Identifier(alias, "_ordinal")])
