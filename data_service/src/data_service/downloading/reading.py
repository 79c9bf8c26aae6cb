"""The rows of a physical table, in batches that are small beside the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import connection
from psycopg import sql
from psycopg.errors import NumericValueOutOfRange

from data_service.schemas.tables import Field, Table

from .errors import UnfitError

BATCH_ROWS = 10_000
Rows = list[tuple[Any, ...]]
Templates = Mapping[str, LiteralString]


@dataclass(frozen=True)
class Source:
    """A table, and the physical table with its rows.

    It is read within a transaction, which all of its batches see alike.
    """

    table: Table
    name: str

    def batches(self, columns: Sequence[sql.Composable]) -> Iterator[Rows]:
        """Yield the rows, in their order, with these columns over the alias `r`.

        Raises UnfitError for a number that no double can be.
        """
        question = sql.SQL("SELECT {} FROM {} AS r ORDER BY r._ordinal").format(
            sql.SQL(", ").join(columns), sql.Identifier("rows", self.name)
        )
        connection.ensure_connection()
        with connection.connection.cursor(name="download") as cursor:
            try:
                cursor.execute(question)
                while rows := cursor.fetchmany(BATCH_ROWS):
                    yield rows
            except NumericValueOutOfRange as error:
                raise UnfitError("a number is beyond those of 64 bits") from error


def column(field: Field, templates: Templates) -> sql.Composable:
    """Write the value of a field as the template of its type says."""
    kind = "geometry" if field.type.is_geometry else field.type.name
    kind = "array" if field.type.item and kind not in templates else kind
    return sql.SQL(templates.get(kind, "{}")).format(sql.Identifier("r", field.column))


def written_geometry(field: Field) -> sql.Composable:
    """Write a geometry as EWKT."""
    return sql.Identifier("r", field.wkt_column)
