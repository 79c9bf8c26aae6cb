"""Geometries: from the text of a file to the columns in which they are stored.

A point of two cells in CRS84 is made in SQL. Everything else is read, checked
and brought to CRS84 by shapely and pyproj, in batches, into a temporary table beside
the staged rows.
"""

from __future__ import annotations

from psycopg import sql

from data_service.schemas.tables import CRS84, Field

from . import staging
from .inferring import MISSING, Source


def is_converted(source: Source) -> bool:
    """Tell whether a field needs more than SQL to be stored."""
    field = source.field
    is_point = len(source.columns) == 2 and field.crs == CRS84
    return field.type.is_geometry and source.columns != MISSING and not is_point


def text(source: Source) -> sql.Composable:
    """Give the SQL of what is converted: a staged cell, or the point of two."""
    cells = [staging.column(index) for index in source.columns]
    if len(cells) == 1:
        return cells[0]
    return sql.SQL("'POINT (' || {} || ' ' || {} || ')'").format(*cells)


def name(number: int) -> sql.Identifier:
    """Name the temporary table of the geometries of a field."""
    return sql.Identifier("pg_temp", f"kade_geometries_{number}")


def join(number: int) -> sql.Composed:
    """Give the SQL that joins them to the staged rows."""
    alias = sql.Identifier(f"g{number}")
    return sql.SQL(" LEFT JOIN {} {} ON {}.row = s._row").format(
        name(number), alias, alias
    )


def values(source: Source, number: int) -> list[sql.Composable]:
    """Give the SQL of the columns of a converted geometry."""
    field = source.field
    degrees = () if field.crs == CRS84 else ("crs84",)
    native = ("point",) if field.is_point else ("box", "wkb")
    names = ("geojson", *degrees, "ewkt", *native)
    return [sql.Identifier(f"g{number}", name) for name in names]


def native_columns(field: Field) -> list[tuple[str, str]]:
    """Give the names and types of the columns for questions of place (ADR 0018)."""
    if field.is_point:
        return [(field.native_column, "point")]
    return [(field.native_column, "box"), (field.wkb_column, "bytea")]


def point_values(
    longitude: sql.Composable, latitude: sql.Composable
) -> list[sql.Composable]:
    """Give the SQL of the columns of a point that two cells make."""
    template = (
        """('{{"type":"Point","coordinates":[' || {0} || ',' || {1} || ']}}')::json""",
        "'SRID=4326;POINT (' || {0} || ' ' || {1} || ')'",
        "point({0}::float8, {1}::float8)",
    )
    # JSON has no .5, as cells may.
    numbers = [sql.SQL("{}::numeric").format(cell) for cell in (longitude, latitude)]
    return [sql.SQL(text).format(*numbers) for text in template]


def create(number: int) -> sql.Composed:
    """Give the SQL that makes the temporary table of a field."""
    return sql.SQL(
        "DROP TABLE IF EXISTS {}; CREATE TEMPORARY TABLE {} "
        "(row bigint, geojson json, crs84 json, ewkt text, point point, box box, "
        "wkb bytea) ON COMMIT DROP"
    ).format(name(number), sql.Identifier(f"kade_geometries_{number}"))


def copy(number: int) -> sql.Composed:
    """Give the SQL that fills it."""
    return sql.SQL("COPY {} FROM STDIN").format(name(number))


def analyze(number: int) -> sql.Composed:
    """Give the SQL that tells PostgreSQL its size, for the join."""
    return sql.SQL("ANALYZE {}").format(name(number))
