"""Whether the first row has names."""

from __future__ import annotations

import pytest

from data_service.importing.headers import looks_like_a_header


@pytest.mark.parametrize(
    "rows",
    [
        [["id", "name"], ["1", "Oak"], ["2", "Elm"]],
        [["name", "kind"], ["Oak", "tree"]],
        [["name", "2019", "2020"], ["Oak", "5", "6"]],
        [["id", "name"]],
        [["7", "size"], ["1", "5"], ["2", "6"]],
        [["", "name"], ["1", "Oak"]],
    ],
)
def test_it_sees_names(rows: list[list[str]]) -> None:
    assert looks_like_a_header(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "Oak"], ["2", "Elm"]],
        [["AB", "12", r"\N"], ["CD", "13", "5"]],
        [["0123", "x"], ["0456", "y"]],
        [["Oak", "2020-01-01"], ["Elm", "2020-01-02"]],
        [["Oak", "POLYGON ((" + "1 2," * 99], ["Elm", "POLYGON ((3 4,"]],
    ],
)
def test_it_sees_data(rows: list[list[str]]) -> None:
    assert not looks_like_a_header(rows)
