"""Fixtures of imports: files from text, and what has become of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from psycopg import sql

from data_service.importing.publishing import Publication, Published, publish
from data_service.models import DatasetVersion

Publish = Callable[..., Published]
Rows = list[tuple[Any, ...]]


@pytest.fixture
def publish_text(db: None, tmp_path: Path) -> Publish:
    """Publish the text of a file: `publish_text("id,name\\n1,Oak\\n", table="x")`."""

    def do_publish(
        text: str | bytes, *, name: str = "trees.csv", **options: Any
    ) -> Any:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return publish(Publication(path=path, by="test", **options))

    return do_publish


@pytest.fixture
def served_rows() -> Callable[..., Rows]:
    """Give columns of the rows that a table of a dataset serves, in their order."""

    def read(dataset: str, table: str, *columns: str) -> Rows:
        version = DatasetVersion.objects.get(dataset=dataset, is_default=True)
        assert version.current is not None
        physical = version.current.snapshottable_set.get(table=table).physical
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("SELECT {} FROM {} ORDER BY _ordinal").format(
                    names, sql.Identifier("rows", physical.name)
                )
            )
            return cursor.fetchall()

    return read
