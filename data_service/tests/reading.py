"""Reads a file to its end, for the tests of readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data_service.importing.faults import Faults
from data_service.importing.readers import open_reader


class Read:
    """A file that was read to its end."""

    def __init__(self, path: Path, **options: str) -> None:
        self.faults = Faults()
        self.reader = open_reader(path, self.faults, **options)
        self.batches = list(self.reader.batches())
        self.lines = [line for batch in self.batches for line in batch.lines]
        self.rows: list[dict[str, Any]] = [
            dict(zip(batch.names, row, strict=True))
            for batch in self.batches
            for row in batch.rows
        ]
        self.kinds: dict[str, frozenset[str]] = {}
        for batch in self.batches:
            for name, kinds in zip(batch.names, batch.kinds or (), strict=False):
                self.kinds[name] = self.kinds.get(name, frozenset()) | kinds

    @property
    def told(self) -> list[str]:
        """Give the faults as they are shown."""
        return [str(fault) for fault in self.faults]

    @property
    def doubts(self) -> str:
        """Give the doubts in one line."""
        return "; ".join(self.reader.doubts)
