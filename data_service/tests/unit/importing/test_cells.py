"""Cells and types: what fits, a column at a time and one by one."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_service.importing.cells import CELL_CHECKS, split_array

FITTING = {
    "integer": ["0", "-5", "9223372036854775807", "-9223372036854775808"],
    "number": [
        "1.50",
        "-0.1",
        "1e5",
        "2E-3",
        "123456789012345678901234567890",
        ".5",
        "-5.",
        "0.0e+00",
        "-1.7976931348623157e+308",
        "1.797693134862e308",
        "9.99e307",
        "5e-324",
        "2.5e-310",
        "0e400",
        "0.00e+9999",
        f"-17976931348623157{'9' * 292}.5",
        f"-.{'0' * 323}3",
        f"0.{'0' * 324}",
    ],
    "boolean": ["true", "FALSE", "True"],
    "string/date": ["2020-02-29", "0001-01-01"],
    "string/date-time": [
        "2020-01-01T12:00",
        "2020-01-01 12:00:00.123456",
        "2020-01-01T12:00:00z",
        "2020-01-01T12:00:00+0100",
        "0001-01-01T00:00:00-01:00",
        "0001-01-01T01:00:00+01:00",
        "9999-12-31T23:59:59+01:00",
        "9999-12-31T23:59:59",
    ],
    "string/time": ["12:30", "23:59:59.5"],
    "array of integer": ["1,2", "[1,2]", "5", "1, 2"],
    "array of number": ["1.5,2"],
    "array of string": ["a,b", '["a","b"]', "a,,b", '[""]'],
    "object/json": ['{"a":1}', "[]", "null"],
    "string": ["anything", "\t"],
}
MISFITS = {
    "integer": [
        "007",
        "1.0",
        "9223372036854775808",
        "1_000",
        "0x1F",
        " 1",
        "\u0661",
        "+1",
    ],
    "number": [
        "NaN",
        "Infinity",
        "1,5",
        "01.5",
        ".",
        "-",
        ".e5",
        "1.7976931348623158e308",
        "1.8e308",
        "2e308",
        "12e307",
        "1e309",
        "1e-324",
        f"{2**1024}",
        f"17976931348623158{'0' * 292}",
        f"1{'0' * 309}",
        f"0.{'0' * 323}2",
        f"0.{'0' * 324}5",
        "0e-400",
        "1e400",
    ],
    "boolean": ["yes", "1", "t"],
    "string/date": ["2021-02-29", "2020-2-1", "01-02-2020", "today", "20200101"],
    "string/date-time": [
        "2021-02-29T12:00",
        "2020-01-01",
        "2020-01-01T25:00",
        "now",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:30:00-01:00",
    ],
    "string/time": ["24:00", "1:30", "12"],
    "array of integer": [
        "1,a",
        "[1,null]",
        "[[1]]",
        '["a"]',
        "1,,2",
        "1,",
        '[1,""]',
        "1,\u00a02",
    ],
    "array of number": ["1.5,,2", ","],
    "array of string": ["[1", "[null]", "[{}]", '["\\u0000"]', '["\\ud800"]'],
    "object/json": ["{a:1}", "NaN", '"\\u0000"', "[" * 100_000],
}


@pytest.mark.parametrize(
    ("name", "cell"), [(n, cell) for n, cells in FITTING.items() for cell in cells]
)
def test_it_takes(name: str, cell: str) -> None:
    assert CELL_CHECKS[name].fits(cell)
    assert CELL_CHECKS[name].fits_all([cell, "", cell])


@pytest.mark.parametrize(
    ("name", "cell"), [(n, cell) for n, cells in MISFITS.items() for cell in cells]
)
def test_it_refuses(name: str, cell: str) -> None:
    assert not CELL_CHECKS[name].fits(cell)
    assert not CELL_CHECKS[name].fits_all([FITTING[name][0], cell])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_it_takes_every_number_that_a_program_writes(value: float) -> None:
    all_digits = f"{Decimal(repr(value)):f}"
    written = [repr(value), f"{value:.16e}", f"{value:.17g}", all_digits]

    assert CELL_CHECKS["number"].fits_all(written)


@given(
    st.integers(-(10**18), 10**18),
    st.integers(-18, 0),
    st.integers(-420, 420),
)
def test_it_takes_no_number_that_is_no_double(
    digits: int, point: int, exponent: int
) -> None:
    cell = f"{Decimal(digits).scaleb(point):f}e{exponent}"

    all_digits = f"{Decimal(cell):f}"

    for written in (cell, all_digits):
        if CELL_CHECKS["number"].fits(written):
            assert isfinite(float(written))
            assert (float(written) == 0) == (digits == 0)


@given(
    st.sampled_from(
        ["integer", "number", "string/date", "string/date-time", "boolean"]
    ),
    st.lists(st.text(alphabet="019-:T.Ztruefals\n e+", max_size=12)),
)
def test_it_sees_a_column_as_it_sees_its_cells(name: str, cells: list[str]) -> None:
    check = CELL_CHECKS[name]

    assert check.fits_all(cells) == (not check.misfits(cells))


def test_it_is_not_misled_by_a_line_break_in_a_cell() -> None:
    assert not CELL_CHECKS["integer"].fits_all(["1\n2", "3"])


def test_it_names_the_misfits() -> None:
    assert CELL_CHECKS["integer"].misfits(["1", "", "x", "4", "y"]) == [2, 4]


def test_it_splits_lists() -> None:
    assert split_array("a, b") == ["a", "b"]
    assert split_array('["a,b",1]') == ["a,b", "1"]
