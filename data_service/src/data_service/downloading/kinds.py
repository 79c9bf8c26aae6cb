"""The one table of kinds of files; the job, the API and the pages read it."""

from __future__ import annotations

from dataclasses import dataclass

from data_service.schemas.tables import Table


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Attributes:
        name: The suffix of its files.
        needs_geometry: Whether tables without one do without it too.
        most_rows: How many rows fit, if there is a limit.
        note: What is not as in the API, for those who choose.
    """

    name: str
    title: str
    media_type: str
    needs_geometry: bool = False
    most_rows: int | None = None
    note: str = ""


PARQUET = Kind(
    "parquet",
    "Parquet",
    "application/vnd.apache.parquet",
    note="Geometries as in GeoParquet 1.1; numbers are doubles.",
)
GEOPACKAGE = Kind(
    "gpkg",
    "GeoPackage",
    "application/geopackage+sqlite3",
    needs_geometry=True,
    note="One layer with the main geometry; other geometries and lists are text.",
)
XLSX = Kind(
    "xlsx",
    "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    most_rows=1_048_575,  # of a sheet, without the line of names
    note="Points are text; other geometries are left out. Times are in UTC, to the "
    "millisecond.",
)
KINDS = (PARQUET, GEOPACKAGE, XLSX)


def kinds_of(table: Table) -> tuple[Kind, ...]:
    """Give the kinds of files that a table has."""
    return tuple(k for k in KINDS if table.geometry or not k.needs_geometry)
