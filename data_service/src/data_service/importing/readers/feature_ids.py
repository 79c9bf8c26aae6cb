"""Ids of features that only repeat a property: `tree.7` beside `"code": 7`.

Our own GeoJSON has such, as that of many servers: the name of the table, and the
identifier of the row. As a column of its own it would identify the rows anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data_service.importing.faults import counted

from .json_cells import cell_of


class FeatureIds:
    """Follows the ids of a file; `names` are the properties that all have repeated."""

    def __init__(self) -> None:
        self._before: str | None = None
        self._left_out = 0
        self.names: list[str] = []

    def repeats(self, own_id: object, properties: Mapping[str, Any]) -> bool:
        """Tell whether an id repeats a property, the same one as those before it."""
        words = own_id if isinstance(own_id, str) else ""
        before, _, text = words.partition(".")
        if self._before is None:
            self._before, self.names = before, list(properties)
        is_alike = before == self._before and bool(text)
        self.names = [
            name
            for name in self.names
            if is_alike
            and properties.get(name) is not None
            and cell_of(properties[name])[1] == text
        ]
        self._left_out += bool(self.names)
        return bool(self.names)

    def doubts(self) -> list[str]:
        """Say what was left out; when the first ids mislead, that some are."""
        if self._left_out and not self.names:
            first = counted(self._left_out, "feature")
            return [f"ids repeat a property in the first {first} only: left out there"]
        return [f"ids of features repeat '{n}': left out" for n in self.names[:1]]
