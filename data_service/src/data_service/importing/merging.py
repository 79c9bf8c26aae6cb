"""The rows that are served, without some, and with those of a file: a new table.

Rows are never changed where they stand, for readers have them: the outcome is another
physical table, made as a set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from data_service.schemas.tables import Field, Table

from . import staging
from .asking import option
from .casting import (
    SCHEMA,
    Casting,
    Connection,
    create_table,
    finish_table,
    key_expression,
)
from .cells import CELL_CHECKS
from .errors import ImportingError
from .faults import SHOWN, Faults
from .inferring import Source


@dataclass(frozen=True)
class Merge:
    """What is put together.

    Attributes:
        casting: Of the outcome.
        served: The physical table of the rows that are served.
        added: That of the rows of the file; empty for none.
        without: Served rows with these values of fields go.
        is_numbered: Whether the rows of the file are numbered on from the served ones.
    """

    casting: Casting
    table: Table
    served: str
    added: str = ""
    without: Mapping[str, str] | None = None
    is_numbered: bool = False


def merge_rows(connection: Connection, merge: Merge) -> int:
    """Make the physical table of the outcome; give its number of rows.

    Raises:
        ImportingError: When the served table was stored in another way.
    """
    create_table(connection, merge.casting)
    names = _columns(connection, merge.casting.name)
    if not set(names) <= set(_columns(connection, merge.served)):
        raise ImportingError(
            "the served rows were stored by an older release: publish the whole once"
        )
    count = connection.execute(_insert(merge, names)).rowcount
    finish_table(connection, merge.casting)
    return count


def find_clashes(
    connection: Connection, merge: Merge, key: Source, faults: Faults
) -> None:
    """Note the staged rows whose key a served row has that stays."""
    statement = sql.SQL(
        "SELECT s._line, s.{cell}, count(*) OVER () FROM {staged} s "
        "JOIN {served} o ON o.{key} = {value} WHERE {kept} ORDER BY s._row LIMIT {most}"
    ).format(
        cell=staging.column(key.columns[0]),
        staged=staging.NAME,
        served=_name(merge.served),
        key=sql.Identifier(merge.table.key.column),
        value=key_expression(key),
        kept=_kept(merge),
        most=SHOWN,
    )
    rows = connection.execute(statement).fetchall()
    reason = f"identifies a row that is served; {option('upsert')} replaces it"
    for line, value, _ in rows:
        faults.add(int(str(line)), reason, column=key.field.id, value=str(value))
    faults.add_uncounted(int(str(rows[0][2])) - len(rows) if rows else 0)


def drop_table(connection: Connection, name: str) -> None:
    """Drop a physical table that was a step only."""
    connection.execute(sql.SQL("DROP TABLE {}").format(_name(name)))


def count_nulls(
    connection: Connection, name: str, table: Table
) -> dict[str, dict[str, int]]:
    """Count the missing values of each field."""
    counts = sql.SQL(", ").join(
        sql.SQL("count(*) FILTER (WHERE {} IS NULL)").format(sql.Identifier(f.column))
        for f in table.fields
    )
    row = connection.execute(
        sql.SQL("SELECT {} FROM {}").format(counts, _name(name))
    ).fetchone()
    return {
        f.id: {"nulls": int(str(count))}
        for f, count in zip(table.fields, row or (), strict=True)
    }


def check_conditions(table: Table, without: Mapping[str, str]) -> None:
    """Refuse fields that are not there, and values that they cannot have.

    Raises:
        ImportingError: With what would be accepted.
    """
    for name, value in without.items():
        field = table.by_id.get(name)
        if field is None:
            known = ", ".join(table.by_id)
            raise ImportingError(f"there is no field '{name}'; there is {known}")
        if not _is_comparable(field):
            raise ImportingError(f"'{name}' is {field.type.name}: give another field")
        if field.type.column_type != "text" and not CELL_CHECKS[field.type_name].fits(
            value
        ):
            raise ImportingError(f"'{value}' is no {field.type.name}, as '{name}' is")


def _is_comparable(field: Field) -> bool:
    is_json = field.type.column_type == "json"
    return not (field.type.is_geometry or field.type.item or is_json)


def _insert(merge: Merge, names: Sequence[str]) -> sql.Composed:
    stored = sql.SQL(", ").join(map(sql.Identifier, names))
    parts = [
        sql.SQL("SELECT {} FROM {} o WHERE {}").format(
            sql.SQL(", ").join(sql.Identifier("o", name) for name in names),
            _name(merge.served),
            sql.SQL("{} AND {}").format(_kept(merge), _not_replaced(merge)),
        )
    ]
    if merge.added:
        values = [_added_value(merge, name) for name in names]
        parts.append(
            sql.SQL("SELECT {} FROM {} a").format(
                sql.SQL(", ").join(values), _name(merge.added)
            )
        )
    return sql.SQL(
        "INSERT INTO {} (_ordinal, {}) "
        "SELECT row_number() OVER (ORDER BY {}), {} FROM ({}) AS r ORDER BY 1"
    ).format(
        merge.casting.table,
        stored,
        sql.Identifier(merge.table.key.column),
        stored,
        sql.SQL(" UNION ALL ").join(parts),
    )


def _added_value(merge: Merge, name: str) -> sql.Composable:
    value = sql.Identifier("a", name)
    if not merge.is_numbered or name != merge.table.key.column:
        return value
    last = sql.SQL("(SELECT coalesce(max({}), 0) FROM {})").format(
        sql.Identifier(name), _name(merge.served)
    )
    return sql.SQL("{} + {}").format(value, last)


def _kept(merge: Merge) -> sql.Composable:
    """Give the condition under which a served row stays, over alias `o`."""
    if not merge.without:
        return sql.SQL("true")
    tests = [
        sql.SQL("{} = {}::{}").format(
            sql.Identifier("o", field.column),
            sql.Literal(value),
            sql.SQL(field.type.column_type),
        )
        for name, value in merge.without.items()
        for field in (merge.table.by_id[name],)
    ]
    return sql.SQL("({}) IS NOT TRUE").format(sql.SQL(" AND ").join(tests))


def _not_replaced(merge: Merge) -> sql.Composable:
    if not merge.added or merge.is_numbered:
        return sql.SQL("true")
    key = sql.Identifier(merge.table.key.column)
    return sql.SQL("NOT EXISTS (SELECT FROM {} a WHERE a.{} = o.{})").format(
        _name(merge.added), key, key
    )


def _columns(connection: Connection, name: str) -> list[str]:
    """Name the columns of a physical table, but for that of the order."""
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) "
        "AND attnum > 0 AND NOT attisdropped AND attname <> '_ordinal' "
        "AND attgenerated = '' ORDER BY attnum",
        (f"{SCHEMA}.{name}",),
    ).fetchall()
    return [str(column) for (column,) in rows]


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(SCHEMA, name)
