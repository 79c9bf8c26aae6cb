"""Reads a layer of a GeoPackage, or a shapefile, with GDAL.

GDAL opens whatever it recognises, also files that refer to others; so a file must begin
as one of its kind before GDAL sees it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyogrio
from pyogrio.errors import DataSourceError
from pyogrio.raw import open_arrow

from data_service.importing.errors import UnsupportedFileError
from data_service.importing.faults import Faults, counted

from .arrow_rows import ArrowRows
from .batches import Batch, choose_part, doubt_parts
from .systems import System, find_system

_ROWS_AT_ONCE = 5000
_STARTS = {".gpkg": b"SQLite format 3\0", ".shp": b"\0\0\x27\x0a"}
_FAILURES = (DataSourceError, RuntimeError, ValueError, OSError)


class LayerReader:
    """One layer. See `readers.batches.Reader` for its face."""

    empty_is_null = False

    def __init__(self, path: Path, faults: Faults, part: str = "") -> None:
        self.path = path
        self.faults = faults
        self.size = path.stat().st_size
        self.doubts: list[str] = []
        self.crs = ""
        _check_start(path)
        layers = _layers(path)
        self.layer = choose_part(path, part, layers, "layer")
        if not part and len(layers) > 1:
            self.doubts.append(doubt_parts(self.layer, layers, "layer"))
        with _quiet():
            self._known = _or_refuse(path, pyogrio.read_info, layer=self.layer)
        kind = (self._known["geometry_type"] or "").removeprefix("2.5D ")
        self._system = find_system(self._known["crs"], kind.partition(" ")[0])
        self._rows = ArrowRows({}, faults)
        self._describe()

    @property
    def position(self) -> int:
        """Bytes read so far, by the share of the rows."""
        total = self._known["features"]
        share = self._rows.rows / total if total > 0 else 1
        return int(self.size * min(share, 1))

    def batches(self) -> Iterator[Batch]:
        """Give all features as rows."""
        if self.faults:
            return
        # The row numbers of a shapefile are no part of it, the keys of a table are.
        has_key = bool(self._known["fid_column"])
        options = {"batch_size": _ROWS_AT_ONCE, "use_pyarrow": True}
        try:
            with (
                _quiet(),
                open_arrow(
                    self.path, layer=self.layer, return_fids=has_key, **options
                ) as (described, records),
            ):
                yield from self._read(described, records)
        except _FAILURES as error:
            self.faults.add(self._rows.rows + 1, _told(error, self.path))
        if self._rows.empty:
            empty = counted(self._rows.empty, "empty geometry", "empty geometries")
            self.doubts.append(f"{empty} read as no value")

    def _read(self, described: dict[str, Any], records: Any) -> Iterator[Batch]:
        geometry = described["geometry_name"] or "wkb_geometry"
        if geometry in records.schema.names:
            self._rows.geometries[geometry] = self._system
        for name in self._rows.left_out(records.schema):
            self.doubts.append(f"column '{name}' has bytes: left out")
        yield from self._rows.batches(records.schema, records)

    def _describe(self) -> None:
        name = "GeoPackage" if self.path.suffix.lower() == ".gpkg" else "shapefile"
        self.facts = [name, f"layer {self.layer}"]
        system: System = self._system
        if self._known["geometry_type"] is None:
            return
        if system.fault:
            self.faults.add(0, system.fault)
        if system.doubt:
            self.doubts.append(system.doubt)
        self.crs = system.crs
        self.facts.append(f"crs {system.crs or 'unknown'}")


def _check_start(path: Path) -> None:
    start = _STARTS.get(path.suffix.lower(), _STARTS[".gpkg"])
    with path.open("rb") as file:
        if file.read(len(start)) != start:
            raise UnsupportedFileError(f"{path.name} is not what its name says")


def _layers(path: Path) -> list[str]:
    with _quiet():
        found = _or_refuse(path, pyogrio.list_layers)
    return [str(name) for name in found[:, 0]]


def _or_refuse(path: Path, read: Any, **options: Any) -> Any:
    try:
        return read(path, **options)
    except _FAILURES as error:
        raise UnsupportedFileError(f"{path.name} {_told(error, path)}") from error


def _told(error: Exception, path: Path) -> str:
    """Say what GDAL says, but not where on our disk the file lies."""
    return f"cannot be read: {error}".replace(str(path), path.name)


def _quiet() -> warnings.catch_warnings[None]:
    """Leave warnings of GDAL out: what matters of them is seen in the rows."""
    return warnings.catch_warnings(action="ignore")
