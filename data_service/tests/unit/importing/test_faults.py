"""Faults: all counted, the first shown."""

from __future__ import annotations

from data_service.importing.faults import SHOWN, Fault, Faults, cut, name_lines


def test_it_counts_all_and_shows_the_first() -> None:
    faults = Faults()

    for line in range(1, 501):
        faults.add(line, "is wrong")
    faults.add_uncounted(10)

    assert faults.count == 510
    assert [f.line for f in faults] == list(range(1, SHOWN + 1))


def test_it_is_true_when_there_are_faults() -> None:
    faults = Faults()
    assert not faults

    faults.add(1, "is wrong", column="a", value="x" * 100)

    assert faults
    assert faults.as_json()[0]["value"] == "x" * 80 + "…"


def test_it_reads_as_a_sentence() -> None:
    assert str(Fault(3, "size", "abc", "is no number")) == (
        "line 3, column 'size': 'abc' is no number"
    )
    assert str(Fault(0, "", "", "is empty")) == "the file is empty"


def test_it_keeps_values_on_one_line() -> None:
    assert cut("a\nb\r\nc") == "a⏎b⏎c"


def test_it_keeps_values_printable() -> None:
    assert cut("a\0\ud800") == "a\ufffd\ufffd"


def test_it_names_lines() -> None:
    assert name_lines([3]) == "line 3"
    assert name_lines([3, 5]) == "lines 3, 5"
