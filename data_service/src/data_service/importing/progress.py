"""What an import tells while it runs, to whoever wants to show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from data_service.schemas.tables import Table


class Progress(Protocol):
    """Shows how far an import is."""

    def opened(self, facts: Sequence[str]) -> None:
        """The file is open; `facts` say how it is written."""

    def read(self, rows: int, position: int, size: int) -> None:
        """So many rows and bytes of the file were read."""

    def inferred(self, table: Table, doubts: Sequence[str]) -> None:
        """The whole file was read; this is its table."""

    def step(self, name: str) -> None:
        """The next step has begun."""

    def compared(self, changes: Sequence[str]) -> None:
        """These are the changes against what is served; not yet activated."""


class Silent:
    """Shows nothing."""

    def opened(self, facts: Sequence[str]) -> None:
        """Do nothing."""

    def read(self, rows: int, position: int, size: int) -> None:
        """Do nothing."""

    def inferred(self, table: Table, doubts: Sequence[str]) -> None:
        """Do nothing."""

    def step(self, name: str) -> None:
        """Do nothing."""

    def compared(self, changes: Sequence[str]) -> None:
        """Do nothing."""
