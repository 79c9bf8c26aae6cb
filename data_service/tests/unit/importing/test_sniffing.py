"""How a delimited file is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_service.importing.decoding import Encoding
from data_service.importing.sniffing import Dialect, sniff_dialect, sniff_text


@pytest.mark.parametrize("delimiter", ["\t", "|", ";", ",", ":", "^", "~", "\x1f"])
def test_it_finds_the_delimiter(delimiter: str) -> None:
    rows = [["id", "name"], ["1", "a"], ["2", "b"]]
    text = "\n".join(delimiter.join(row) for row in rows)

    assert sniff_text(text).delimiter == delimiter


@pytest.mark.parametrize(
    "text",
    ["time\n12:00\n13:00\n", "url\nhttps://a.example/b\n", "09:00\n10:00\n", "a:b\n"],
)
def test_it_takes_no_rare_letter_for_a_delimiter_by_accident(text: str) -> None:
    assert sniff_text(text).delimiter == ","


@pytest.mark.parametrize("quote", ['"', "'", "$", "`"])
def test_it_finds_the_quote(quote: str) -> None:
    text = f"id;text\n1;{quote}a;b\nc{quote}\n2;{quote}d{quote}\n3;e\n"

    assert sniff_text(text).quote == quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id|wkt\n1|POINT (1 2)\n2|LINESTRING (1 2,3 4)\n", "|"),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ("a,b,c\nx,y;z,1\nq,r,2\n", ","),
        ("a\tb\n1, 2\t3\n4\t5\n", "\t"),
        ("name,address\n'Oak,1\n'Elm,2\n", ","),
    ],
)
def test_it_is_not_misled(text: str, expected: str) -> None:
    dialect = sniff_text(text)

    assert (dialect.delimiter, dialect.quote) == (expected, '"')


def test_it_finds_backslashes_before_quotes() -> None:
    text = 'id,text\n1,"say \\"a, b\\" now"\n2,"x"\n'

    assert sniff_text(text).escape == "\\"


def test_it_prefers_doubled_quotes() -> None:
    assert sniff_text('id,text\n1,"say ""a, b"" \\ now"\n2,"x"\n').escape is None


def test_it_takes_the_word_of_excel() -> None:
    dialect = sniff_text("sep=;\na;b,c\n1;2\n")

    assert (dialect.delimiter, dialect.skip) == (";", 1)


def test_it_reads_one_column_whole() -> None:
    assert sniff_text("name\nOak, old\nElm\n").delimiter not in ","


def test_it_sees_that_there_is_no_header() -> None:
    assert not sniff_text("1,2.5,Oak\n2,3.5,Elm\n").has_header


def test_it_bears_a_sample_that_ends_within_a_row() -> None:
    dialect = sniff_text('id;text\n1;"a"\n2;"b;c\nd', complete=False)

    assert dialect == Dialect(";", '"')


def test_it_reads_the_first_part_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("a|b\n1|é\n".encode("cp1252") * 100_000)

    assert sniff_dialect(path, Encoding("cp1252")).delimiter == "|"


def test_it_says_what_it_found() -> None:
    assert Dialect("\t").describe() == 'delimiter tab, quote "'
    assert Dialect("~", "'", "\\").describe() == (
        "delimiter ~, quote ', escaped by backslash"
    )
