"""Rows are split as the csv module splits them, only faster."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from data_service.importing.readers.splitting import Splitter
from data_service.importing.sniffing import Dialect, csv_options

Read = list[tuple[int, list[str]] | str]


def by_csv(text: str, dialect: Dialect) -> Read:
    """Read rows with the line behind each, and errors, by the csv module alone."""
    reader = csv.reader(io.StringIO(text, newline=""), **csv_options(dialect))
    found: Read = []
    while True:
        try:
            found.append((reader.line_num, next(reader)))
        except csv.Error as error:
            found.append(str(error))
        except StopIteration:
            return found


def by_splitter(text: str, dialect: Dialect) -> Read:
    splitter = Splitter(io.StringIO(text, newline=""), dialect)
    found: Read = []
    while True:
        rows: list[list[str]] = []
        line = splitter.lines
        try:
            splitter.read(1, rows)
        except csv.Error as error:
            found.append(str(error))
            continue
        if not rows:
            return found
        found.append((line, rows[0]))


@given(
    st.text(alphabet='ab,;"\\\n\r', max_size=40),
    st.sampled_from([Dialect(), Dialect(";"), Dialect(escape="\\")]),
)
@example('a,"b\nc",d\r\n\r\ne,f', Dialect())
@example('"a"b,c\nd', Dialect())
def test_it_reads_what_csv_reads(text: str, dialect: Dialect) -> None:
    assert by_splitter(text, dialect) == by_csv(text, dialect)


def test_it_goes_on_after_an_error() -> None:
    splitter = Splitter(io.StringIO('1\n"a"b\n2\n', newline=""), Dialect())
    rows: list[list[str]] = []

    try:
        splitter.read(9, rows)
    except csv.Error:
        assert (rows, splitter.lines) == ([["1"]], 2)
    splitter.read(9, rows)

    assert (rows, splitter.lines) == ([["1"], ["2"]], 3)
