"""GeoPackage: one layer, with the main geometry; what it has no type for is text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyogrio
from psycopg import sql

from data_service.schemas.tables import CRS84, Field, Table

from ..errors import UnfitError
from ..reading import Source, Templates, column, written_geometry
from .arrow import record_batches

_TEMPLATES: Templates = {
    "number": "{}::float8",
    "string/time": "{}::text",
    "array": "to_json({})::text",
    "object/json": "{}::text",
    "geometry": "{}::text",
}
_TYPES: Mapping[str, pa.DataType] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "string/date": pa.date32(),
    "string/date-time": pa.timestamp("ms", tz="UTC"),
}
_HAS_HEIGHT = ("EPSG:7415",)


def write(path: Path, source: Source) -> None:
    """Write the rows of a table that has a geometry, or raise UnfitError."""
    table = source.table
    _refuse_twins(table)
    schema = pa.schema([pa.field(f.id, _type(table, f)) for f in table.fields])
    columns = [_column(table, f) for f in table.fields]
    failures: list[UnfitError] = []
    reader = record_batches(source, schema, columns, failures)
    try:
        _write_layer(path, table, reader)
    except RuntimeError as error:
        # GDAL says no more than that the rows ended.
        if failures:
            raise failures[0] from error
        raise


def _write_layer(path: Path, table: Table, reader: pa.RecordBatchReader) -> None:
    geometry = _geometry(table)
    pyogrio.write_arrow(
        reader,
        path,
        layer=table.id,
        driver="GPKG",
        geometry_name=geometry.id,
        geometry_type=_geometry_type(geometry),
        # Longitude first, whatever the system says (GeoPackage 1.3 §1.1.1.1.3).
        crs="EPSG:4326" if geometry.crs == CRS84 else geometry.crs,
        # A table may have a field `fid`.
        layer_options={"GEOMETRY_NAME": geometry.id, "FID": "_fid"},
    )


def _refuse_twins(table: Table) -> None:
    """Refuse names that SQLite takes for one: it knows no case."""
    counts = Counter(field.id.lower() for field in table.fields)
    twins = [f.id for f in table.fields if counts[f.id.lower()] > 1]
    if twins:
        raise UnfitError(f"these names differ in case only: {', '.join(twins)}")


def _geometry(table: Table) -> Field:
    if table.geometry is None:
        raise TypeError(table.id)
    return table.geometry


def _type(table: Table, field: Field) -> pa.DataType:
    if field == table.geometry:
        return pa.binary()
    return _TYPES.get(field.type.name, pa.string())


def _column(table: Table, field: Field) -> sql.Composable:
    if field.type.is_geometry and field != table.geometry:
        return written_geometry(field)
    return column(field, _TEMPLATES)


def _geometry_type(field: Field) -> str:
    if field.type.name == "Geometry":
        return "Unknown"
    return field.type.name + (" Z" if field.crs in _HAS_HEIGHT else "")
