"""Parquet, with geometries as in GeoParquet 1.1: well-known binary and their system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet
from pyproj import CRS

from data_service.schemas.tables import CRS84, Field, Table

from ..reading import Source, Templates, column
from .arrow import record_batches

_TEMPLATES: Templates = {
    "number": "{}::float8",
    "array of number": "{}::float8[]",
    "object/json": "{}::text",
    "geometry": "{}::text",
}
_TYPES: Mapping[str, pa.DataType] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "string/date": pa.date32(),
    "string/date-time": pa.timestamp("us", tz="UTC"),
    "string/time": pa.time64("us"),
}


def write(path: Path, source: Source) -> None:
    """Write the rows, a row group for each batch."""
    fields = source.table.fields
    schema = pa.schema([pa.field(f.id, _type(f)) for f in fields], _metadata(source))
    columns = [column(f, _TEMPLATES) for f in fields]
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in record_batches(source, schema, columns):
            writer.write_batch(batch)


def _type(field: Field) -> pa.DataType:
    if field.type.is_geometry:
        return pa.binary()
    if field.type.item:
        return pa.list_(_TYPES.get(field.type.item, pa.string()))
    return _TYPES.get(field.type.name, pa.string())


def _metadata(source: Source) -> dict[str, str]:
    geometry = source.table.geometry
    if geometry is None:
        return {}
    geo = {
        "version": "1.1.0",
        "primary_column": geometry.id,
        "columns": _geometry_columns(source.table),
    }
    return {"geo": json.dumps(geo)}


def _geometry_columns(table: Table) -> dict[str, Any]:
    return {f.id: _geometry_column(f) for f in table.fields if f.type.is_geometry}


def _geometry_column(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"encoding": "WKB", "geometry_types": []}
    # Without a system, coordinates are in CRS84.
    if field.crs != CRS84:
        described["crs"] = CRS.from_user_input(field.crs).to_json_dict()
    return described
