"""Cursors: written by the service, and by nobody else."""

import pytest

from data_service.querying.cursors import (
    Cursor,
    CursorError,
    read_cursor,
    write_cursor,
)

CURSOR = Cursor(physical_id=7, ordinal=2**40, page=12, backward=True)


def test_it_reads_what_it_wrote():
    assert read_cursor(write_cursor(CURSOR, "tree"), "tree") == CURSOR


def test_it_writes_short_text_for_an_address():
    text = write_cursor(CURSOR, "tree")

    assert len(text) < 50
    assert text.replace("-", "").replace("_", "").isalnum()


def test_it_refuses_the_cursor_of_another_table():
    with pytest.raises(CursorError):
        read_cursor(write_cursor(CURSOR, "tree"), "bush")


@pytest.mark.parametrize("place", range(44))
def test_it_refuses_a_cursor_that_was_changed(place):
    text = write_cursor(CURSOR, "tree")
    other = "A" if text[place] != "A" else "B"

    with pytest.raises(CursorError):
        read_cursor(text[:place] + other + text[place + 1 :], "tree")


@pytest.mark.parametrize("text", ["", "abc", "é", "=", "A" * 44, "\0", "A" * 5000])
def test_it_refuses_any_other_text(text):
    with pytest.raises(CursorError):
        read_cursor(text, "tree")
