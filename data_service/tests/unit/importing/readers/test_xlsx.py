"""Workbooks: which sheet, where its table is, and what its cells are."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from reading import Read
from workbooks import write_workbook

from data_service.importing.errors import UnsupportedFileError
from data_service.importing.readers import batches

pytest.importorskip("python_calamine")

HEADER = ["id", "name", "planted"]
TREES = [HEADER, [1, "Oak", date(2020, 2, 29)], [2, "Elm", None]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Name a workbook."""
    return tmp_path / "trees.xlsx"


def test_it_reads_the_cells(book: Path) -> None:
    moment = datetime(2020, 2, 29, 12, 30)  # noqa: DTZ001
    rows = [[*HEADER, "seen", "tall", "alive"], [1, "Oak", None, moment, 2.5, True]]

    read = Read(write_workbook(book, {"Trees": rows}))

    assert read.rows == [
        {
            "id": "1",
            "name": "Oak",
            "planted": None,
            "seen": "2020-02-29T12:30:00",
            "tall": "2.5",
            "alive": "true",
        }
    ]
    assert read.kinds["id"] == {"integer"}
    assert read.kinds["tall"] == {"number"}
    assert read.kinds["alive"] == {"boolean"}
    assert read.lines == [2]
    assert read.reader.position == read.reader.size


def test_it_reads_the_first_sheet_that_has_cells(book: Path) -> None:
    write_workbook(book, {"Empty": [], "Trees": TREES, "More": [["x"], [1]]})

    read = Read(book)

    assert [row["name"] for row in read.rows] == ["Oak", "Elm"]
    assert read.rows[0]["planted"] == "2020-02-29"
    assert "sheet 'Trees' is read; --sheet chooses another: 'More'" in read.doubts


def test_it_reads_the_sheet_that_was_asked_for(book: Path) -> None:
    write_workbook(book, {"Trees": TREES, "More": [["x"], ["a"]]})

    assert Read(book, part="More").rows == [{"x": "a"}]
    with pytest.raises(UnsupportedFileError, match="no sheet 'Less'; it has 'Trees'"):
        Read(book, part="Less")


def test_it_passes_over_headings_and_blank_rows(book: Path) -> None:
    rows = [["Trees of the quay"], [], *TREES[:2], [None, " ", None], TREES[2]]

    read = Read(write_workbook(book, {"Trees": rows}))

    assert [row["name"] for row in read.rows] == ["Oak", "Elm"]
    assert read.lines == [4, 6]
    assert "headings left out: 2 rows at the top" in read.doubts
    assert "1 blank row left out" in read.doubts


def test_it_counts_rows_as_the_workbook_does(book: Path) -> None:
    read = Read(write_workbook(book, {"Trees": [[], [], *TREES]}))

    assert read.lines == [4, 5]


def test_it_fills_merged_cells(book: Path) -> None:
    rows = [["quay", "tree"], ["North", "Oak"], [None, "Elm"], ["South", "Ash"]]

    read = Read(write_workbook(book, {"Trees": rows}, merged=["A2:A3"]))

    assert [row["quay"] for row in read.rows] == ["North", "North", "South"]
    assert "1 merged cell: " in read.doubts


def test_it_joins_a_header_of_two_rows(book: Path) -> None:
    rows = [
        ["tree", "size", None, "note"],
        [None, "height", "girth", None],
        ["Oak", 10, 2, "x"],
    ]

    read = Read(write_workbook(book, {"Trees": rows}, ["A1:A2", "B1:C1"]))

    assert list(read.rows[0]) == ["tree", "size height", "size girth", "note"]
    assert read.rows[0]["size girth"] == "2"


def test_it_joins_groups_over_names(book: Path) -> None:
    rows = [["size", "of tree", "place", "of it"], ["a", "b", "c", "d"], [1, 2, 3, 4]]

    read = Read(write_workbook(book, {"Trees": rows}, ["A1:B1", "C1:D1"]))

    assert list(read.rows[0]) == ["size a", "size b", "place c", "place d"]


def test_it_numbers_columns_without_a_header(book: Path) -> None:
    read = Read(write_workbook(book, {"Trees": [[1, 2], [3, 4]]}))

    assert read.rows == [
        {"column1": "1", "column2": "2"},
        {"column1": "3", "column2": "4"},
    ]


def test_it_doubts_a_sheet_without_rows(book: Path) -> None:
    read = Read(write_workbook(book, {"Trees": [HEADER]}))

    assert read.rows == []
    assert "there are no rows" in read.doubts


def test_it_refuses_an_empty_sheet(book: Path) -> None:
    assert "has no rows on sheet" in Read(write_workbook(book, {"Trees": []})).told[0]


def test_it_refuses_too_many_columns(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_service.importing.readers.xlsx.MOST_COLUMNS", 2)

    read = Read(write_workbook(book, {"Trees": TREES}))

    assert "has 3 columns; 2 are possible" in read.told[0]
    assert batches.MOST_COLUMNS == 1500


@pytest.mark.parametrize("content", [b"not a workbook", b"PK\x03\x04 nor this"])
def test_it_refuses_what_is_no_workbook(book: Path, content: bytes) -> None:
    book.write_bytes(content)

    with pytest.raises(UnsupportedFileError, match="is no workbook"):
        Read(book)


def test_it_refuses_what_is_too_large_unpacked(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_service.importing.readers.xlsx._MOST_BYTES", 1000)
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/sheet.xml", "x" * 1001)

    with pytest.raises(UnsupportedFileError, match="holds more than 1,000 bytes"):
        Read(book)
