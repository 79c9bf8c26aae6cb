"""Tells the ways of writing rows as JSON apart, by how the file begins.

A list of objects, objects line by line (NDJSON; RFC 8142 for features), or one GeoJSON
object: the names of files do not tell, so their first part does.
"""

from __future__ import annotations

import json
from pathlib import Path

from data_service.importing.decoding import detect_encoding
from data_service.importing.faults import Faults

from .batches import Reader
from .geojson import GeojsonReader
from .json_records import ListReader, NdjsonReader

_SAMPLE_LETTERS = 1 << 20
_LINE_SUFFIXES = (".ndjson", ".jsonl", ".ndgeojson", ".geojsonl", ".geojsons")


def open_json(path: Path, faults: Faults, part: str = "") -> Reader:
    """Open a file of JSON with the reader of its way of writing."""
    if not path.stat().st_size:
        return GeojsonReader(path, faults, part)
    encoding = detect_encoding(path, Faults())
    with path.open("rb") as raw:
        raw.seek(encoding.mark)
        start = raw.read(_SAMPLE_LETTERS).decode(encoding.name, "replace")
    sample = start.lstrip(" \t\r\n\x1e")
    if sample.startswith("["):
        return ListReader(path, faults, part)
    is_named = path.suffix.lower() in _LINE_SUFFIXES
    if _has_objects_in_lines(sample, is_named=is_named):
        return NdjsonReader(path, faults, part)
    return GeojsonReader(path, faults, part)


def _has_objects_in_lines(sample: str, *, is_named: bool) -> bool:
    """Tell whether the first line is a whole object, and no collection."""
    first, _, rest = sample.partition("\n")
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return is_named
    if not isinstance(record, dict) or record.get("type") == "FeatureCollection":
        return False
    return is_named or bool(rest.strip()) or record.get("type") != "Feature"
