"""Schemas on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data_service.importing.errors import UnsupportedFileError
from data_service.importing.schema_files import read_schema
from data_service.schemas.tables import Dataset, Field, Table
from data_service.schemas.writing import dataset_to_json, table_to_json

TABLE = Table("trees", (Field("id", "integer"),))


def write(path: Path, document: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document))
    return path


def refer(folder: Path, reference: str) -> Path:
    document = dataset_to_json(Dataset("green", (TABLE,)))
    tables = [{"id": "trees", "$ref": reference}]
    document["versions"]["v1"]["tables"] = tables
    return write(folder / "dataset.json", document)


def test_it_reads_a_dataset(tmp_path: Path) -> None:
    dataset = Dataset("green", (TABLE,))

    path = write(tmp_path / "dataset.json", dataset_to_json(dataset))

    assert read_schema(path) == dataset


def test_it_reads_a_table_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "trees.json", table_to_json(TABLE))

    assert read_schema(path) == Dataset("", (TABLE,))


@pytest.mark.parametrize("reference", ["trees/v1", "trees/v1.json"])
def test_it_reads_tables_in_files_of_their_own(tmp_path: Path, reference: str) -> None:
    write(tmp_path / "trees" / "v1.json", table_to_json(TABLE))

    assert read_schema(refer(tmp_path, reference)).tables == (TABLE,)


@pytest.mark.parametrize(
    ("reference", "reason"),
    [("trees/v9", "No such file"), ("../v1", "lies outside")],
)
def test_it_refuses_files_that_are_not_there(
    tmp_path: Path, reference: str, reason: str
) -> None:
    with pytest.raises(UnsupportedFileError, match=reason):
        read_schema(refer(tmp_path, reference))


def test_it_refuses_what_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text("{")

    with pytest.raises(UnsupportedFileError, match="is no JSON"):
        read_schema(tmp_path / "schema.json")
