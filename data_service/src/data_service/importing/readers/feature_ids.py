"""Ids of features that only repeat a property: `tree.7` beside `"code": 7`.

Our own GeoJSON has such, as that of many servers: the name of the table, and the
identifier of the row. As a column of its own it would identify the rows anew. All
features have to bear it out: where a later one does not, the file is read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from .json_cells import cell_of


class MisledError(Exception):
    """Ids were left out that do not repeat a property after all: read them too."""


class FeatureIds:
    """Follows the ids of a file; `names` are the properties that all have repeated."""

    def __init__(self) -> None:
        self._before: str | None = None
        self._are_kept = False
        self.names: list[str] = []

    def keep(self) -> None:
        """Take no id for a repetition."""
        self._are_kept = True

    def repeats(self, own_id: object, properties: Mapping[str, Any]) -> bool:
        """Tell whether an id repeats a property, the same one as those before it.

        Raises:
            MisledError: When those before it have, and it does not.
        """
        if self._are_kept:
            return False
        words = own_id if isinstance(own_id, str) else ""
        before, _, text = words.partition(".")
        were_repeated = bool(self.names)
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
        if were_repeated and not self.names:
            raise MisledError
        return bool(self.names)

    def doubts(self) -> list[str]:
        """Say what was left out."""
        return [f"ids of features repeat '{n}': left out" for n in self.names[:1]]


@runtime_checkable
class ReadsFeatures(Protocol):
    """A reader of features, which may have ids."""

    @property
    def ids(self) -> FeatureIds:
        """Follows their ids."""
