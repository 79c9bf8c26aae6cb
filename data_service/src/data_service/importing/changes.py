"""What a new table changes for those who read the one that is served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from data_service.schemas.tables import Field, Table

from .casting import SCHEMA, Connection
from .faults import counted


@dataclass(frozen=True)
class FieldChanges:
    """What is different about the fields; `retyped` says from what to what.

    Those in `emptied` had a value in every row: that is said and not refused, for the
    cells of a file decide on it where no schema does (ADR 0024).
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    retyped: tuple[str, ...] = ()
    key: str = ""
    emptied: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Say what would break clients; nothing when nothing does."""
        removed = tuple(f"field {name} is removed" for name in self.removed)
        retyped = tuple(f"field {name}" for name in self.retyped)
        return (*removed, *retyped, *((self.key,) if self.key else ()))


@dataclass(frozen=True)
class RowChanges:
    """How many rows are different; of rows, those with the same key are the same."""

    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class Changes:
    """All of it; `rows` is None when rows cannot be told apart by one key.

    `left` is how many rows there are then.
    """

    fields: FieldChanges
    rows: RowChanges | None
    left: int

    def lines(self) -> list[str]:
        """Say it in words."""
        if self.rows is None:
            counts = "rows cannot be compared: another field identifies them"
        else:
            rows = self.rows
            counts = (
                f"{counted(rows.added, 'row')} added, {rows.removed:,} removed, "
                f"{rows.changed:,} changed"
            )
        found = [counts]
        if self.rows and self.rows.removed and not self.left:
            found.append(f"no row is left of {self.rows.removed:,}")
        if self.fields.added:
            found.append(f"fields added: {', '.join(self.fields.added)}")
        if self.fields.removed:
            found.append(f"fields removed: {', '.join(self.fields.removed)}")
        found += [f"field {text}" for text in self.fields.retyped]
        found += [f"field {name}: may be empty now" for name in self.fields.emptied]
        return [*found, *((self.fields.key,) if self.fields.key else ())]


def compare_fields(old: Table, new: Table) -> FieldChanges:
    """Compare the fields of a table with those that are served."""
    retyped = [
        f"{f.id} is {_kind(new.by_id[f.id])}, was {_kind(f)}"
        for f in old.fields
        if f.id in new.by_id and _kind(f) != _kind(new.by_id[f.id])
    ]
    is_moved = old.identifier != new.identifier
    return FieldChanges(
        tuple(f.id for f in new.fields if f.id not in old.by_id),
        tuple(f.id for f in old.fields if f.id not in new.by_id),
        tuple(retyped),
        f"rows are identified by {new.key.id}, were by {old.key.id}"
        if is_moved
        else "",
        tuple(f.id for f in old.fields if f.required and _may_be_empty(new, f.id)),
    )


def _may_be_empty(table: Table, name: str) -> bool:
    field = table.by_id.get(name)
    return field is not None and not field.required


def _kind(field: Field) -> str:
    return f"{field.type_name} ({field.crs})" if field.crs else field.type_name


def compare_rows(
    connection: Connection,
    old: tuple[str, Table],
    new: tuple[str, Table],
) -> RowChanges | None:
    """Compare the rows of two physical tables, by the key that both have."""
    (old_name, old_table), (new_name, new_table) = old, new
    key = new_table.key
    if old_table.identifier != new_table.identifier:
        return None
    if old_table.key.type_name != key.type_name:
        return None
    fields = [
        field
        for field in new_table.fields
        if field.id in old_table.by_id
        and _kind(field) == _kind(old_table.by_id[field.id])
    ]
    statement = sql.SQL(
        "SELECT count(*) FILTER (WHERE o.{key} IS NULL), "
        "count(*) FILTER (WHERE n.{key} IS NULL), "
        "count(*) FILTER (WHERE o.{key} IS NOT NULL AND n.{key} IS NOT NULL "
        "AND ({new_values}) IS DISTINCT FROM ({old_values})) "
        "FROM {old} o FULL JOIN {new} n ON o.{key} = n.{key}"
    ).format(
        key=sql.Identifier(key.column),
        new_values=_values("n", fields),
        old_values=_values("o", fields),
        old=sql.Identifier(SCHEMA, old_name),
        new=sql.Identifier(SCHEMA, new_name),
    )
    row = connection.execute(statement).fetchone()
    added, removed, changed = (int(str(count)) for count in row or (0, 0, 0))
    return RowChanges(added, removed, changed)


def _values(alias: str, fields: Sequence[Field]) -> sql.Composed:
    """Give a row of the fields; JSON compares as its text."""
    values = [
        sql.SQL("{}::text" if field.type.column_type == "json" else "{}").format(
            sql.Identifier(alias, field.column)
        )
        for field in fields
    ]
    return sql.SQL("ROW({})").format(sql.SQL(", ").join(values))
