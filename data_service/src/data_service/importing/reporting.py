"""Writes how far an import is to its record, where the API and the page read it.

An import is one transaction, of which nobody sees anything; so this has a connection
of its own.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from data_service.models import Import
from data_service.schemas.tables import Table

_SECONDS = 1.0


class Reported:
    """Reports progress; used as a context. See `progress.Progress` for its face."""

    def __init__(self, record: Import) -> None:
        self._record = record
        self._connection = connection.copy()
        self._told_at = 0.0

    def __enter__(self) -> Reported:
        self.step("reading")
        return self

    def __exit__(self, *_exception: object) -> None:
        self.step("")
        self._connection.close()

    def opened(self, facts: Sequence[str]) -> None:
        """Keep nothing of it."""

    def read(self, rows: int, position: int, size: int) -> None:
        """Note how much of the file was read, every second."""
        if time.monotonic() - self._told_at < _SECONDS and position < size:
            return
        self._told_at = time.monotonic()
        share = min(position / size, 1.0) if size else 1.0
        self._update(rows_read=rows, share_read=share)

    def inferred(self, table: Table, doubts: Sequence[str]) -> None:  # noqa: ARG002
        """Note what is in doubt."""
        self._update(doubts=Jsonb(list(doubts)))

    def step(self, name: str) -> None:
        """Note what is done now."""
        self._update(step=name)

    def compared(self, changes: Sequence[str]) -> None:
        """Note what changes against what is served."""
        self._update(changes=Jsonb(list(changes)))

    def _update(self, **values: Any) -> None:
        assignments = sql.SQL(", ").join(
            sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values
        )
        statement = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(
            sql.Identifier(Import._meta.db_table), assignments
        )
        with self._connection.cursor() as cursor:
            cursor.execute(statement, [*values.values(), self._record.pk])
