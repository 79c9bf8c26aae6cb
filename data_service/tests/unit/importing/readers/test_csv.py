"""Delimited files: rows, true lines, and what is wrong with their structure."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data_service.importing.faults import Faults
from data_service.importing.readers import csv as csv_module
from data_service.importing.readers import splitting
from data_service.importing.readers.csv import CsvReader


class Read:
    """A file that was read to its end."""

    def __init__(self, folder: Path, content: str | bytes) -> None:
        path = folder / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.faults = Faults()
        self.reader = CsvReader(path, self.faults)
        self.names: tuple[str, ...] = ()
        self.rows: list[tuple[int, list[str]]] = []
        for batch in self.reader.batches():
            self.names = batch.names
            cells = [[cell or "" for cell in row] for row in batch.rows]
            self.rows += zip(batch.lines, cells, strict=True)

    @property
    def told(self) -> list[str]:
        return [str(fault) for fault in self.faults]


def test_it_reads_rows_with_their_lines(tmp_path: Path) -> None:
    read = Read(tmp_path, 'id,text\n1,"a\nb"\n\n2,"c\r\nd"\n3,e\n')

    assert read.names == ("id", "text")
    assert read.rows == [(2, ["1", "a\nb"]), (5, ["2", "c\r\nd"]), (7, ["3", "e"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_takes_any_line_ending(tmp_path: Path, end: str) -> None:
    read = Read(tmp_path, end.join(["id;name", "1;a", "2;b", ""]))

    assert [line for line, _ in read.rows] == [2, 3]


def test_it_counts_lines_over_batches(tmp_path: Path) -> None:
    rows = "".join(f'{n},"x\ny"\n' for n in range(2000))

    read = Read(tmp_path, f"id,text\n{rows}")

    assert read.rows[-1][0] == 2 * 1999 + 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a,b\n1,2\n3\n4,5\n", "line 3: '3' has 1 cell; the first row has 2"),
        ("a,b\n1,2\n3,4,5\n", "line 3: '3,4,5' has 3 cells; the first row has 2"),
        ('a,b\n1,2\n3,"x\n4,5\n', 'line 3 has a quote " that is never closed'),
        ('a,b\n"1"x,2\n3,4\n', 'line 2 has text after a closing "'),
        ("", "the file is empty"),
        ("\n\n", "the file has no rows"),
        ("a,b\n1,\0\n", "line 2 has a NUL character (byte offset 6)"),
    ],
)
def test_it_refuses(tmp_path: Path, content: str, told: str) -> None:
    assert Read(tmp_path, content).told == [told]


def test_it_names_every_ragged_row(tmp_path: Path) -> None:
    content = "a,b\n" + "1,2\n3\n" * 300

    faults = Read(tmp_path, content).faults

    assert faults.count == 300
    assert [fault.line for fault in faults][:3] == [3, 5, 7]


def test_it_stops_after_too_many_broken_rows(tmp_path: Path) -> None:
    content = "a,b\n" + '1,"2"\n' * 600 + '"1"x,2\n' * 3000

    faults = Read(tmp_path, content).faults

    assert faults.count == 1001


def test_it_refuses_cells_beyond_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = csv.field_size_limit(1000)
    monkeypatch.setattr(csv_module, "LONGEST_CELL", 1000)
    monkeypatch.setattr(splitting, "LONGEST_CELL", 1000)
    try:
        told = Read(tmp_path, f"a,b\n1,2\n3,{'x' * 2000}\n4,5\n").told
    finally:
        csv.field_size_limit(limit)

    assert told == ["line 3 has a cell of more than 1000 letters"]


def test_it_refuses_columns_beyond_measure(tmp_path: Path) -> None:
    row = ",".join(["1"] * 1501)

    told = Read(tmp_path, f"{row.replace('1', 'a')}\n{row}\n").told

    assert told == ["line 1 has 1,501 columns; 1,500 are possible"]


def test_it_cuts_empty_cells_beyond_the_last_column(tmp_path: Path) -> None:
    read = Read(tmp_path, "a,b\n1,2,\n3,4,\n")

    assert [cells for _, cells in read.rows] == [["1", "2"], ["3", "4"]]
    assert read.reader.doubts == ["2 rows with empty cells beyond the last column"]


def test_it_gives_names_where_there_are_none(tmp_path: Path) -> None:
    read = Read(tmp_path, "1,Oak\n2,Elm\n")

    assert read.names == ("column1", "column2")
    assert read.rows[0] == (1, ["1", "Oak"])
    assert "the first row looks like data" in read.reader.doubts[0]


def test_it_reads_null_words_as_no_value(tmp_path: Path) -> None:
    read = Read(tmp_path, "a,b\n1,\\N\n2,x\n")

    assert read.rows[0] == (2, ["1", ""])
    assert read.reader.doubts == ["1 cell \\N read as no value"]


def test_it_gives_one_batch_when_there_are_only_names(tmp_path: Path) -> None:
    read = Read(tmp_path, "a,b\n")

    assert (read.names, read.rows) == (("a", "b"), [])
    assert read.reader.doubts == ["there are no rows, only names"]


def test_it_says_how_the_file_is_written(tmp_path: Path) -> None:
    read = Read(tmp_path, "a;b\né;2\n".encode("cp1252"))

    assert read.reader.facts == [
        "encoding cp1252",
        'delimiter semicolon ;, quote "',
        "names in the first row",
    ]
    assert read.reader.doubts == ["not UTF-8; read as Windows-1252"]


def test_it_skips_the_line_of_excel(tmp_path: Path) -> None:
    read = Read(tmp_path, "sep=;\na;b\n1;2\n")

    assert (read.names, read.rows) == (("a", "b"), [(3, ["1", "2"])])


def test_it_knows_how_far_it_is(tmp_path: Path) -> None:
    reader = Read(tmp_path, "a,b\n1,2\n").reader

    assert reader.position == reader.size == 8
