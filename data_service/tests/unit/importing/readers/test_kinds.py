"""Which kind a file is of, by its name, by what is said, and by HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_service.importing.errors import MissingExtraError, UnsupportedFileError
from data_service.importing.faults import Faults
from data_service.importing.readers import kinds, open_reader
from data_service.importing.readers.kinds import Kind, format_of, kind_of, stem_of


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("trees.csv", "", "csv"),
        ("TREES.TSV", "", "csv"),
        ("trees.json", "", "geojson"),
        ("trees.csv", "ndjson", "ndjson"),
        ("-", "parquet", "parquet"),
        ("trees.gpkg", "", "gpkg"),
    ],
)
def test_it_knows_the_kind(name: str, form: str, expected: str) -> None:
    assert kind_of(name, form).name == expected


@pytest.mark.parametrize(("name", "form"), [("trees.pdf", ""), ("x.csv", "pdf")])
def test_it_says_what_it_reads(name: str, form: str) -> None:
    with pytest.raises(UnsupportedFileError, match=r"ends in \.csv, .*format: csv"):
        kind_of(name, form)


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("text/csv; charset=utf-8", "csv"),
        ("Application/Geo+JSON", "geojson"),
        ("application/octet-stream", ""),
        ("", ""),
    ],
)
def test_it_knows_media_types(media_type: str, expected: str) -> None:
    assert format_of(media_type) == expected


@pytest.mark.parametrize("start", ["[", '{"a":', '{"features":'])
def test_it_refuses_json_that_is_nested_without_end(tmp_path: Path, start: str) -> None:
    path = tmp_path / "trees.json"
    path.write_text(start + "[" * 100_000)
    faults = Faults()

    list(open_reader(path, faults).batches())

    assert "maximum recursion depth" in str(next(iter(faults)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("trees.csv", "trees"),
        ("trees.csv.zip", "trees"),
        ("trees.v2.CSV.gz", "trees.v2"),
        ("trees", "trees"),
        ("2024.trees", "2024.trees"),
    ],
)
def test_it_takes_the_suffixes_off(name: str, expected: str) -> None:
    assert stem_of(name) == expected


@pytest.mark.parametrize("missing", ["pyarrow", "pyogrio.raw", "python_calamine"])
def test_it_says_which_extra_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    def fail(name: str) -> None:
        raise ModuleNotFoundError(name=missing)

    monkeypatch.setattr(kinds, "import_module", fail)
    path = tmp_path / "trees.parquet"
    path.write_bytes(b"PAR1")

    with pytest.raises(MissingExtraError, match=r"pip install .*\[files\]"):
        open_reader(path, Faults())


def test_it_hides_no_defect_of_its_own() -> None:
    with pytest.raises(ModuleNotFoundError):
        kinds.load_reader(Kind("x", (".x",), (), "no_such_module", "Reader"))
