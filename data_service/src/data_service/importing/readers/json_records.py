"""Reads objects of JSON: line by line (NDJSON, GeoJSON text sequences), or as a list.

Line by line, a line that is no JSON is a fault and the next one is read; in a list,
nothing after the first fault can be trusted.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from data_service.importing.decoding import detect_encoding
from data_service.importing.faults import Faults

from .batches import Batch, refuse_part
from .feature_ids import FeatureIds
from .json_window import LONGEST_VALUE, JsonError, JsonWindow
from .records import Records


class _RecordReader:
    """A file of objects. See `readers.batches.Reader` for its face."""

    empty_is_null = False
    fact = ""

    def __init__(self, path: Path, faults: Faults, part: str = "") -> None:
        refuse_part(path, part)
        self.path = path
        self.faults = faults
        self.size = path.stat().st_size
        self.doubts: list[str] = []
        self.records = Records(faults)
        self._raw: io.BufferedReader | None = None
        self.encoding = detect_encoding(path, faults)
        self.facts = [self.fact, f"encoding {self.encoding.name}"]

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._raw.tell() if self._raw and not self._raw.closed else self.size

    @property
    def crs(self) -> str:
        """Give the CRS that the coordinates can be in; empty when none is."""
        return self.records.geometries.crs

    @property
    def ids(self) -> FeatureIds:
        """Follow the ids of features."""
        return self.records.ids

    def batches(self) -> Iterator[Batch]:
        """Give all objects as rows."""
        if self.faults:
            return
        with (
            closing(self.path.open("rb")) as self._raw,
            io.TextIOWrapper(self._raw, self.encoding.name, newline="\n") as file,
        ):
            file.seek(self.encoding.mark)
            yield from self.records.batches(self._objects(file))
            self.doubts += self.ids.doubts()

    def _objects(self, file: io.TextIOWrapper) -> Iterator[tuple[int, Any]]:
        raise NotImplementedError


class NdjsonReader(_RecordReader):
    """An object on each line; blank lines and record separators are passed over."""

    fact = "NDJSON"

    def _objects(self, file: io.TextIOWrapper) -> Iterator[tuple[int, Any]]:
        decode = json.JSONDecoder(parse_constant=_refuse_constant).decode
        line = 0
        while text := file.readline(LONGEST_VALUE):
            line += 1
            # RFC 8142 §2: each text may begin with a record separator.
            text = text.strip(" \t\r\n\x1e")
            if not text:
                continue
            try:
                record = decode(text)
            except (ValueError, RecursionError) as error:
                self.faults.add(line, f"is no JSON: {error}", value=text)
                continue
            yield line, record


class ListReader(_RecordReader):
    """One list of objects."""

    fact = "JSON list"

    def _objects(self, file: io.TextIOWrapper) -> Iterator[tuple[int, Any]]:
        window = JsonWindow(file)
        try:
            for _ in window.items():
                window.peek()
                yield window.line, window.value()
            if window.peek():
                self.faults.add(window.line, "has text after the end of the list")
        except JsonError as error:
            self.faults.add(error.line, f"column {error.column}: {error.reason}")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number (RFC 8259 §6)")
