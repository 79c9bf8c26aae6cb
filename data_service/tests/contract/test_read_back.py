"""An export that is published again is the same table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from data_service.importing.publishing import Publication, Published, publish

RD_CODE = "EPSG:28992"
RD = {"Accept-Crs": RD_CODE}


@pytest.fixture
def exported(
    published: Published, client: Client, tmp_path: Path
) -> Callable[[str], Path]:
    def export(name: str) -> Path:
        path = tmp_path / f"export.{name}"
        answer: Any = client.get(f"/v1/trees/tree?_format={name}", headers=RD)
        path.write_bytes(b"".join(answer))
        return path

    return export


@pytest.mark.parametrize("name", ["geojson", "ndjson"])
def test_it_changes_nothing(exported: Callable[[str], Path], name: str) -> None:
    file = exported(name)

    again = publish(Publication(path=file, dataset="trees", table="tree", crs=RD_CODE))

    assert again.changes is not None
    assert again.changes.lines() == ["0 rows added, 0 removed, 0 changed"]


def test_it_identifies_rows_as_before(exported: Callable[[str], Path]) -> None:
    other = publish(Publication(path=exported("geojson"), dataset="copies"))

    assert other.table.key.id == "id"
    assert other.table.key.type_name == "integer"
    assert other.doubts[0] == "ids of features repeat 'id': left out"
