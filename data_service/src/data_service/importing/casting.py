"""From staged text to a physical table: one INSERT … SELECT, in the order of the key.

The reading has checked every cell against its type, so the casts are tried at once;
only when PostgreSQL disagrees are the cells that it refuses looked for, with their
lines. The table is made in the transaction that fills it, with what finds a row in it;
the other indexes follow (`indexing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import errors, sql

from data_service.schemas.tables import CRS84, Field

from . import geometries, staging
from .cells import CELL_CHECKS
from .faults import SHOWN, Faults
from .inferring import MISSING, Source
from .loading import size_faults

SCHEMA = "rows"
Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Casting:
    """What is needed to make a physical table of the staged rows."""

    name: str
    sources: Sequence[Source]
    key: Source
    ordered: bool

    @property
    def table(self) -> sql.Identifier:
        """Name the physical table."""
        return sql.Identifier(SCHEMA, self.name)


def cast_rows(connection: Connection, casting: Casting, faults: Faults) -> int:
    """Make and fill the physical table; give its number of rows.

    Cells that PostgreSQL refuses are faults; there is no table then.
    """
    count = 0
    try:
        with size_faults(faults), connection.transaction():
            create_table(connection, casting)
            count = connection.execute(_insert(casting)).rowcount
            finish_table(connection, casting)
    except errors.DataError:
        _find_refused(connection, casting.sources, faults)
        if not faults:
            raise
        return 0
    return count


def create_table(connection: Connection, casting: Casting) -> None:
    """Make the physical table, empty and without indexes."""
    connection.execute(_create(casting))


def finish_table(connection: Connection, casting: Casting) -> None:
    """Index what finds rows in a filled table, and see that no two have one key."""
    key = sql.Identifier(casting.key.field.column)
    ordinal = sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (_ordinal)")
    connection.execute(ordinal.format(casting.table))
    # Finds a row by its identifier: the detail page.
    unique = sql.SQL("CREATE UNIQUE INDEX ON {} ({})")
    connection.execute(unique.format(casting.table, key))


def find_doubles(connection: Connection, key: Source, faults: Faults) -> None:
    """Note the rows whose key another row has, and the rows without one."""
    value = key_expression(key)
    column = staging.column(key.columns[0])
    missing = connection.execute(
        sql.SQL("SELECT _line FROM {} WHERE {} IS NULL ORDER BY 1").format(
            staging.NAME, column
        )
    ).fetchall()
    for (line,) in missing:
        faults.add(_int(line), "is empty, and identifies the row", column=key.field.id)
    doubles = connection.execute(
        sql.SQL(
            "SELECT min({column}), array_agg(_line ORDER BY _line), count(*) - 1 "
            "FROM {table} s WHERE {column} IS NOT NULL "
            "GROUP BY {value} HAVING count(*) > 1 ORDER BY min(_line)"
        ).format(column=column, table=staging.NAME, value=value)
    )
    for text, lines, extra in doubles:
        first, *others = lines if isinstance(lines, list) else [0]
        reason = f"identifies line {first} too"
        for line in others[:SHOWN]:
            faults.add(line, reason, column=key.field.id, value=str(text))
        faults.add_uncounted(_int(extra) - len(others[:SHOWN]))


def has_doubles(connection: Connection, key: Source) -> bool:
    """Tell whether two rows have the same key."""
    statement = sql.SQL(
        "SELECT 1 FROM {} s GROUP BY {} HAVING count(*) > 1 LIMIT 1"
    ).format(staging.NAME, key_expression(key))
    return connection.execute(statement).fetchone() is not None


def key_expression(key: Source) -> sql.Composable:
    """Give the SQL of the key's value, by which rows are sorted."""
    return _value(key.field, key.columns) if key.columns else sql.SQL("s._row")


def _int(value: object) -> int:
    return int(str(value))


def _create(casting: Casting) -> sql.Composed:
    definitions: list[sql.Composable] = [sql.SQL("_ordinal bigint NOT NULL")]
    for source in casting.sources:
        field = source.field
        required = sql.SQL(" NOT NULL" if source == casting.key else "")
        definitions += [
            sql.SQL("{} {}{}{}").format(
                sql.Identifier(name), sql.SQL(kind), _storage(kind), required
            )
            for name, kind in columns(field)
        ]
    return sql.SQL("CREATE TABLE {} ({})").format(
        casting.table, sql.SQL(", ").join(definitions)
    )


def _storage(kind: str) -> sql.SQL:
    """Leave WKB uncompressed: it hardly shrinks, and is always read as a whole."""
    return sql.SQL(" STORAGE EXTERNAL" if kind == "bytea" else "")


def columns(field: Field) -> list[tuple[str, str]]:
    """Give the names and types of the columns in which a field is stored."""
    own = [(field.column, field.type.column_type)]
    if not field.type.is_geometry:
        return own
    if field.crs != CRS84:
        own.append((field.crs84_column, "json"))
    return [*own, (field.wkt_column, "text"), *geometries.native_columns(field)]


def column_names(sources: Sequence[Source]) -> list[str]:
    """Give the columns of the physical table of the fields, in their order."""
    return ["_ordinal", *(n for s in sources for n, _ in columns(s.field))]


def _insert(casting: Casting) -> sql.Composed:
    values: list[sql.Composable] = []
    joins: list[sql.Composable] = []
    for number, source in enumerate(casting.sources):
        values += _values(source, number)
        if geometries.is_converted(source):
            joins.append(geometries.join(number))
    is_plain = casting.ordered and not joins
    return sql.SQL("INSERT INTO {} SELECT {}, {} FROM {} s{}{}").format(
        casting.table,
        _ordinal(casting, is_plain=is_plain),
        sql.SQL(", ").join(values),
        staging.NAME,
        sql.SQL("").join(joins),
        sql.SQL("" if is_plain else " ORDER BY 1"),
    )


def _ordinal(casting: Casting, *, is_plain: bool) -> sql.Composable:
    if is_plain:
        return sql.SQL("row_number() OVER ()")
    if casting.ordered:
        return sql.SQL("row_number() OVER (ORDER BY s._row)")
    key = key_expression(casting.key)
    return sql.SQL("row_number() OVER (ORDER BY {}, s._row)").format(key)


def _values(source: Source, number: int) -> list[sql.Composable]:
    """Give the SQL of each column in which a field is stored."""
    if source.columns == MISSING:
        kinds = [sql.SQL(kind) for _, kind in columns(source.field)]
        return [sql.SQL("NULL::{}").format(kind) for kind in kinds]
    if not source.field.type.is_geometry:
        return [_value(source.field, source.columns)]
    if geometries.is_converted(source):
        return geometries.values(source, number)
    return geometries.point_values(*map(_column, source.columns))


def _value(field: Field, indices: tuple[int, ...]) -> sql.Composable:
    if not indices:
        return sql.SQL("row_number() OVER (ORDER BY s._row)")
    kind = sql.SQL(field.type.column_type)
    column = _column(indices[0])
    if field.type.item:
        return sql.SQL(
            "CASE WHEN left({column}, 1) = '[' THEN "
            "ARRAY(SELECT jsonb_array_elements_text({column}::jsonb))::{kind} "
            "ELSE regexp_split_to_array({column}, '\\s*,\\s*')::{kind} END"
        ).format(column=column, kind=kind)
    if field.type.column_type == "text":
        return column
    return sql.SQL("{}::{}").format(column, kind)


def _column(index: int) -> sql.Composed:
    return sql.SQL("s.{}").format(staging.column(index))


def _is_checked(source: Source) -> bool:
    is_scalar = source.field.type_name in CELL_CHECKS and not source.field.type.item
    return is_scalar and len(source.columns) == 1 and source.columns != MISSING


def _find_refused(
    connection: Connection, sources: Sequence[Source], faults: Faults
) -> None:
    """Note the cells that PostgreSQL refuses, column by column."""
    for source in sources:
        if not _is_checked(source):
            continue
        statement = sql.SQL(
            "SELECT _line, {column}, count(*) OVER () FROM {table} s "
            "WHERE NOT pg_input_is_valid(s.{column}, {kind}) "
            "ORDER BY _row LIMIT {most}"
        ).format(
            column=staging.column(source.columns[0]),
            table=staging.NAME,
            kind=source.field.type.column_type,
            most=SHOWN,
        )
        rows = connection.execute(statement).fetchall()
        for line, value, _ in rows:
            faults.add(
                _int(line),
                f"is no {source.field.type.name}",
                column=source.field.id,
                value=str(value),
            )
        faults.add_uncounted(_int(rows[0][2]) - len(rows) if rows else 0)
