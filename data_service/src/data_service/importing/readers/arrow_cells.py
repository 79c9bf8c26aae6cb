"""Columns of Apache Arrow as cells: the text of each value, and the kind of a column.

Arrow writes most types as text itself, a batch at once; nested values go through JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from data_service.importing.faults import Faults
from data_service.schemas.types import GEOMETRY_NAMES

from .json_cells import cell_of, why_not_stored
from .systems import System

Cells = Sequence[str | None]
_BIGINT = 2**63
_DIGITS_OF_BIGINT = 19


@dataclass(frozen=True)
class Column:
    """The cells of a column in one batch."""

    cells: Cells
    kinds: frozenset[str]


def is_storable(kind: pa.DataType) -> bool:
    """Tell whether values of a type can be cells; bytes cannot."""
    return _is_uuid(kind) or not _is_binary(_plain_type(kind))


def cells_of(array: Any) -> Column:
    """Give the cells of a column that has no geometries."""
    kind = array.type
    if _is_uuid(kind):
        return _texts(
            [
                v and str(v if isinstance(v, UUID) else UUID(bytes=v))
                for v in array.to_pylist()
            ]
        )
    if isinstance(kind, pa.BaseExtensionType):
        return cells_of(array.storage)
    if pa.types.is_dictionary(kind):
        return cells_of(array.dictionary_decode())
    if pa.types.is_nested(kind):
        return _nested(array)
    return _scalars(array, kind)


def _scalars(array: Any, kind: pa.DataType) -> Column:
    if pa.types.is_integer(kind):
        return _integers(array, kind)
    if pa.types.is_floating(kind):
        return _floats(array, kind)
    if pa.types.is_decimal(kind):
        is_whole = kind.scale == 0 and kind.precision < _DIGITS_OF_BIGINT
        return _cast(array, "integer" if is_whole else "number")
    if pa.types.is_null(kind):
        return Column([None] * len(array), frozenset())
    if pa.types.is_duration(kind) or pa.types.is_interval(kind):
        return _texts([None if v is None else str(v) for v in array.to_pylist()])
    if pa.types.is_boolean(kind):
        return _cast(array, "boolean")
    return _cast(_rounded(array, kind), "string")


def _rounded(array: Any, kind: pa.DataType) -> Any:
    """Give dates and times as fine as PostgreSQL has them; other values as they are."""
    if pa.types.is_timestamp(kind):
        return array.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_time(kind):
        return array.cast(pa.time64("us"), safe=False)
    if pa.types.is_date(kind):
        return array.cast(pa.date32(), safe=False)
    return array


def _floats(array: Any, kind: pa.DataType) -> Column:
    if pa.types.is_float16(kind):
        array = array.cast(pa.float32())
    # A number that is none stands for a missing value.
    finite = pc.if_else(pc.is_finite(array), array, pa.scalar(None, array.type))
    return _cast(finite, "number")


def _integers(array: Any, kind: pa.DataType) -> Column:
    name = "integer"
    if pa.types.is_uint64(kind):
        largest = pc.max(array).as_py() or 0
        name = "integer" if largest < _BIGINT else "number"
    return _cast(array, name)


def _cast(array: Any, name: str) -> Column:
    cells = array.cast(pa.large_string()).to_pylist()
    return Column(cells, frozenset({name}))


def _texts(cells: list[str | None]) -> Column:
    return Column(cells, frozenset({"string"}))


def _nested(array: Any) -> Column:
    values = array.to_pylist(maps_as_pydicts="lossy")
    pairs = [None if v is None else cell_of(_plain(v)) for v in values]
    cells = [None if pair is None else pair[1] for pair in pairs]
    return Column(cells, frozenset(pair[0] for pair in pairs if pair))


def _plain(value: Any) -> Any:
    """Give a value as JSON has it: dates and the like as text.

    A number that is none stands for a missing value here too: JSON has none.
    """
    text = json.dumps(value, default=str, ensure_ascii=False)
    return json.loads(text, parse_constant=lambda _name: None)


def geometries_of(
    array: Any, system: System, lines: Sequence[int], faults: Faults, name: str
) -> tuple[Column, int]:
    """Give the geometries of a column of WKB as WKT, and how many of them are empty."""
    if isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    written = np.array(array.to_pylist(), dtype=object)
    shapes = shapely.from_wkb(written, on_invalid="ignore")
    given = np.array([value is not None for value in written], dtype=bool)
    for index in np.flatnonzero(given & shapely.is_missing(shapes)):
        faults.add(lines[int(index)], "is no geometry in WKB", column=name)
    empty = shapely.is_empty(shapes)
    shapes[empty] = None
    if system.move is not None:
        shapes = system.move(shapes)
    texts = shapely.to_wkt(shapes, rounding_precision=-1)
    kinds = {shape.geom_type for shape in shapes if shape is not None}
    kinds = kinds or {system.kind} - {""}
    names = frozenset(k if k in GEOMETRY_NAMES else "Geometry" for k in kinds)
    return Column(list(texts), names), int(np.count_nonzero(empty))


def refuse_unstorable(
    column: Column, lines: Sequence[int], faults: Faults, name: str
) -> Column:
    """Note texts that cannot be stored; they have no value then."""
    if not column.kinds & {"string", "object/json", "array of string"}:
        return column
    if not any("\0" in cell or "\\u0000" in cell for cell in column.cells if cell):
        return column
    kind = next(iter(column.kinds))
    for line, cell in zip(lines, column.cells, strict=True):
        reason = why_not_stored(kind, cell or "")
        if reason:
            faults.add(line, reason, column=name, value=cell or "")
    return column


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if isinstance(kind, pa.BaseExtensionType):
        return kind.storage_type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_binary(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_binary_view(kind)
    )


def _is_uuid(kind: pa.DataType) -> bool:
    return str(getattr(kind, "extension_name", "")) == "arrow.uuid"
