"""Reads Parquet and GeoParquet, a part of a row group at a time.

Source: the GeoParquet specification 1.1, the file's metadata under `geo`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data_service.importing.errors import UnsupportedFileError
from data_service.importing.faults import Faults, counted
from data_service.schemas.tables import CRS84

from .arrow_rows import ArrowRows
from .batches import Batch, refuse_part
from .systems import System, find_system

_ROWS_AT_ONCE = 20_000
_WKB_EXTENSIONS = ("geoarrow.wkb", "ogc.wkb")


class ParquetReader:
    """A Parquet file. See `readers.batches.Reader` for its face."""

    empty_is_null = False

    def __init__(self, path: Path, faults: Faults, part: str = "") -> None:
        refuse_part(path, part)
        self.faults = faults
        self.size = path.stat().st_size
        self.doubts: list[str] = []
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            raise UnsupportedFileError(f"{path.name} is no Parquet: {error}") from error
        self._schema = self._file.schema_arrow
        systems = _systems(self._schema)
        self.crs = _one_crs(systems, faults)
        self._rows = ArrowRows(systems, faults)
        self.facts = ["GeoParquet" if systems else "Parquet"]
        self._describe(systems)

    @property
    def position(self) -> int:
        """Bytes read so far, by the share of the rows."""
        total = self._file.metadata.num_rows
        return self.size * self._rows.rows // total if total else self.size

    def batches(self) -> Iterator[Batch]:
        """Give all rows."""
        if self.faults:
            return
        names = [f.name for f in self._schema]
        if len(set(names)) < len(names):
            self.faults.add(0, "has two columns of one name")
            return
        try:
            records = self._file.iter_batches(_ROWS_AT_ONCE, use_threads=False)
            yield from self._rows.batches(self._schema, records)
        except (pa.ArrowException, OSError) as error:
            reason = f"cannot be read: {error}"
            self.faults.add(self._rows.rows + 1, reason.splitlines()[0])
        if self._rows.empty:
            empty = counted(self._rows.empty, "empty geometry", "empty geometries")
            self.doubts.append(f"{empty} read as no value")

    def _describe(self, systems: dict[str, System]) -> None:
        self.facts += [f"geometry {n} in {s.crs}" for n, s in systems.items() if s.crs]
        self.doubts += [system.doubt for system in systems.values() if system.doubt]
        for name in self._rows.left_out(self._schema):
            self.doubts.append(f"column '{name}' has bytes: left out")


def _systems(schema: Any) -> dict[str, System]:
    """Find the columns of WKB, and the CRS of each."""
    found = _described(schema)
    for field in schema:
        metadata = field.metadata or {}
        name = metadata.get(b"ARROW:extension:name", b"").decode()
        name = name or str(getattr(field.type, "extension_name", ""))
        if name in _WKB_EXTENSIONS and field.name not in found:
            found[field.name] = System(CRS84, "Geometry")
    return found


def _described(schema: Any) -> dict[str, System]:
    try:
        described = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        columns = dict(described.get("columns", {}))
    except (ValueError, AttributeError, TypeError):
        return {}
    names = set(schema.names)
    return {
        name: _system(column)
        for name, column in columns.items()
        if name in names
        and isinstance(column, dict)
        and str(column.get("encoding", "WKB")).upper() == "WKB"
    }


def _system(column: dict[str, Any]) -> System:
    """Read the CRS of a column: absent is CRS84, null is unknown."""
    names = column.get("geometry_types") or []
    kind = str(names[0]).split()[0] if len(names) == 1 else "Geometry"
    if "crs" not in column:
        return System(CRS84, kind)
    written = column["crs"]
    text = json.dumps(written) if isinstance(written, dict) else written
    return find_system(text, kind)


def _one_crs(systems: dict[str, System], faults: Faults) -> str:
    for name, system in systems.items():
        if system.fault:
            faults.add(0, system.fault, column=name)
    names = {system.crs for system in systems.values()}
    if len(names) > 1:
        faults.add(0, f"has geometries in several CRS: {', '.join(sorted(names))}")
    return next(iter(names), "")
