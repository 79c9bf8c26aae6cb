"""What bounds the numbers of a column: its field, or where coordinates can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from psycopg import sql

from data_service.crs.systems import extent
from data_service.schemas.tables import Field

from . import staging
from .casting import Connection
from .faults import SHOWN, Faults
from .inferring import Source
from .notations import Notation
from .profiling import Profile


def bounded_columns(
    source: Source, names: Sequence[str]
) -> Iterator[tuple[int, Field]]:
    """Give the columns of a source, each with a field that has its bounds."""
    field = source.field
    if len(source.columns) != 2:
        yield from ((column, field) for column in source.columns)
        return
    west, south, east, north = extent(field.crs)
    limits = ((west, east), (south, north))
    for column, (low, high) in zip(source.columns, limits, strict=True):
        yield (
            column,
            Field(
                names[column],
                "number",
                required=field.required,
                minimum=low,
                maximum=high,
            ),
        )


def check_written(
    connection: Connection,
    sources: Sequence[Source],
    profiles: Sequence[Profile],
    faults: Faults,
) -> None:
    """Note staged numbers in a notation that lie out of bounds.

    What they are is known only when the notation is; all others were checked before.
    """
    names = [profile.name for profile in profiles]
    for source in sources:
        for column, field in bounded_columns(source, names):
            notation = profiles[column].notation if column >= 0 else None
            if notation is not None and is_bounded(field):
                _check_column(connection, (column, field), notation, faults)


def _check_column(
    connection: Connection,
    bounded: tuple[int, Field],
    notation: Notation,
    faults: Faults,
) -> None:
    index, field = bounded
    column = staging.column(index)
    statement = sql.SQL(
        "SELECT _line, {column}, count(*) OVER () FROM {table} "
        "WHERE ({value})::numeric NOT BETWEEN {low} AND {high} "
        "ORDER BY _row LIMIT {most}"
    ).format(
        column=column,
        table=staging.NAME,
        value=notation.expression(column),
        low=sql.SQL("{}::numeric").format(str(_low(field))),
        high=sql.SQL("{}::numeric").format(str(_high(field))),
        most=SHOWN,
    )
    rows = connection.execute(statement).fetchall()
    for line, value, _ in rows:
        number = int(str(line))
        faults.add(number, reason(field), column=field.id, value=str(value))
    faults.add_uncounted(int(str(rows[0][2])) - len(rows) if rows else 0)


def is_bounded(field: Field) -> bool:
    """Tell whether a field has a minimum or a maximum."""
    return (field.minimum, field.maximum) != (None, None)


def _low(field: Field) -> float:
    return float("-inf") if field.minimum is None else field.minimum


def _high(field: Field) -> float:
    return float("inf") if field.maximum is None else field.maximum


def within(field: Field) -> Callable[[str], bool]:
    """Make the check of a number as text; what is none was noted already."""
    low, high = _low(field), _high(field)

    def fits(cell: str) -> bool:
        try:
            return low <= float(cell) <= high
        except ValueError:
            return True

    return fits


def reason(field: Field) -> str:
    """Say which bounds a number should keep to."""
    bounds = (("at least", field.minimum), ("at most", field.maximum))
    texts = [f"{word} {bound:g}" for word, bound in bounds if bound is not None]
    return f"should be {' and '.join(texts)}"
