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


EXTREMES = [1.5, 1e100, 1e-100, -1.7976931348623157e308, 2.2250738585072014e-308]
EXTREMES += [-5e-324, 1e-323, 8.988465674311580e307, 1.0000000000000002e-300]


@pytest.mark.parametrize("is_bound", [True, False])
@pytest.mark.parametrize("name", ["csv", "ndjson"])
def test_it_reads_every_double_that_it_wrote(
    clean_rows: None, client: Client, tmp_path: Path, name: str, *, is_bound: bool
) -> None:
    source, file = tmp_path / "doubles.csv", tmp_path / f"doubles.{name}"
    rows = [f"{n},{value}\n" for n, value in enumerate([*EXTREMES, "0e9999"])]
    source.write_text("".join(["id,size\n", *rows]))
    names = {"dataset": "doubles", "table": "double"}
    first = publish(Publication(path=source, **names))
    answer: Any = client.get(f"/v1/doubles/double?_format={name}")
    file.write_bytes(b"".join(answer))

    schema = first.dataset if is_bound else None
    again = publish(Publication(path=file, schema=schema, **names))

    assert again.table.by_id["size"].type_name == "number"
    assert again.changes is not None
    assert again.changes.lines() == ["0 rows added, 0 removed, 0 changed"]


def test_it_identifies_rows_as_before(exported: Callable[[str], Path]) -> None:
    other = publish(Publication(path=exported("geojson"), dataset="copies"))

    assert other.table.key.id == "id"
    assert other.table.key.type_name == "integer"
    assert other.doubts[0] == "ids of features repeat 'id': left out"
