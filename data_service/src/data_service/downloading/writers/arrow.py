"""Rows as batches of Arrow, which the writers of Parquet and GeoPackage take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import shapely
from psycopg import sql

from ..errors import UnfitError
from ..reading import Rows, Source


def record_batches(
    source: Source,
    schema: pa.Schema,
    columns: Sequence[sql.Composable],
    failures: list[UnfitError] | None = None,
) -> pa.RecordBatchReader:
    """Give a reader of the rows; a column of binary comes in as GeoJSON.

    `failures` gets what ends the rows, for a writer that does not pass it on.
    """
    batches = _batches(source, schema, columns, [] if failures is None else failures)
    return pa.RecordBatchReader.from_batches(schema, batches)


def _batches(
    source: Source,
    schema: pa.Schema,
    columns: Sequence[sql.Composable],
    failures: list[UnfitError],
) -> Iterator[pa.RecordBatch]:
    try:
        for rows in source.batches(columns):
            yield _batch(rows, schema)
    except UnfitError as error:
        failures.append(error)
        raise


def _batch(rows: Rows, schema: pa.Schema) -> pa.RecordBatch:
    arrays = [
        pa.array(_values(list(values), field.type), type=field.type)
        for field, values in zip(schema, zip(*rows, strict=True), strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _values(values: list[Any], kind: pa.DataType) -> Any:
    if kind != pa.binary():
        return values
    return shapely.to_wkb(shapely.from_geojson(values))
