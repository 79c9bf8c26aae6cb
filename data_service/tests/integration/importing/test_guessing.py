"""Filling a table straight while its file is read, and where that ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data_service.importing import guessing
from data_service.importing.errors import RefusedError
from data_service.importing.filling import _Stages
from data_service.importing.publishing import Published

Publish = Callable[..., Published]
Read = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the tables that were staged; guess after a few rows already."""
    monkeypatch.setattr(guessing, "HEAD_ROWS", 500)
    names = []
    run = _Stages.run

    def note(stages: _Stages) -> Any:
        names.append(stages.filling.table)
        return run(stages)

    monkeypatch.setattr(_Stages, "run", note)
    return names


def table_of(*cells: str, start: int = 1, rows: int = 1200) -> str:
    """Write a table of an id and one more cell; the last cells close it."""
    filler = [cells[0]] * (rows - len(cells) + 1)
    lines = (f"{n},{c}\n" for n, c in enumerate([*filler, *cells[1:]], start))
    return "id,value\n" + "".join(lines)


@pytest.mark.parametrize("cell", ["1", "2.5", "text", "2020-01-01", "", "true", "007"])
def test_it_goes_straight_when_all_rows_are_alike(
    publish_text: Publish, staged: list[str], cell: str
) -> None:
    published = publish_text(table_of(cell))

    assert (published.rows, staged) == (1200, [])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("1", "2.5", "number"),
        ("1", "x", "string"),
        ("2020-01-01", "2020-01-01T10:00:00", "string"),
        ("", "5", "integer"),
        ("", "x", "string"),
        ("true", "1", "string"),
        ("text", "POINT (4 52)", "string"),
    ],
)
def test_it_reads_again_when_later_rows_differ(
    publish_text: Publish, staged: list[str], first: str, last: str, expected: str
) -> None:
    published = publish_text(table_of(first, last))

    assert published.table.by_id["value"].type_name == expected
    assert bool(staged) == (expected != "string" or first not in ("", "text"))


def test_it_reads_again_for_control_characters(
    publish_text: Publish, served_rows: Read, staged: list[str]
) -> None:
    publish_text(table_of("text", "a\x1fb"))

    assert staged == ["trees"]
    assert served_rows("trees", "trees", "value")[-1] == ("a\x1fb",)


def test_it_finds_nul_characters(publish_text: Publish) -> None:
    with pytest.raises(RefusedError) as raised:
        publish_text(table_of("text", "a\0b"))

    assert "line 1201 has a NUL character" in str(raised.value.faults.shown[0])


def test_it_reads_again_for_another_encoding(
    publish_text: Publish, served_rows: Read, staged: list[str]
) -> None:
    text = table_of("x" * 1000, "café").encode("cp1252")

    publish_text(text)

    assert staged == ["trees"]
    assert served_rows("trees", "trees", "value")[-1] == ("café",)


@pytest.mark.parametrize("ids", [range(1200, 0, -1), [*range(1, 1200), 7]])
def test_it_reads_again_when_ids_do_not_ascend(
    publish_text: Publish, served_rows: Read, staged: list[str], ids: Any
) -> None:
    rows = "".join(f"{n},{m}\n" for n, m in zip(ids, range(1200), strict=True))

    publish_text(f"id,value\n{rows}")

    assert staged == ["trees"]
    keys = [key for (key,) in served_rows("trees", "trees", "_ordinal")]
    assert keys == list(range(1, 1201))


def test_it_numbers_rows_straight(
    publish_text: Publish, served_rows: Read, staged: list[str]
) -> None:
    publish_text("name,kind\n" + "Oak,a\nElm,b\n" * 600)

    assert staged == []
    assert served_rows("trees", "trees", "_ordinal", "id", "name")[-1] == (
        1200,
        1200,
        "Elm",
    )


@pytest.mark.parametrize("names", ["id,lon,lat", "lat,id,lon"])
def test_it_writes_the_same_points_both_ways(
    publish_text: Publish, served_rows: Read, names: str
) -> None:
    cells = {"id": "{}", "lon": "4.90", "lat": "52.3"}
    row = ",".join(cells[name] for name in names.split(","))
    rows = [row.format(n) for n in (1, 2)] + [row.format(3).replace("4.90", "")]
    columns = ("id", "geometry", "geometry__ewkt")

    publish_text("\n".join([names, *rows]), dataset="straight")
    publish_text("\n".join([names, *reversed(rows)]), dataset="staged")

    straight, staged = (
        served_rows(name, "trees", *columns) for name in ("straight", "staged")
    )
    assert straight == staged
    assert straight[2][1:] == (None, None)


def test_it_escapes_what_copy_would_mistake(
    publish_text: Publish, served_rows: Read, staged: list[str]
) -> None:
    values = ["a\\b", "a\nb", "a\r\nb", "\\N1", "\\.", "a\tb"]
    rows = "".join(f'{n},"{value}"\n' for n, value in enumerate(values))

    publish_text(f"id,value\n{rows}")

    assert staged == []
    assert [v for (v,) in served_rows("trees", "trees", "value")] == values


def test_it_names_faults_once(publish_text: Publish) -> None:
    with pytest.raises(RefusedError) as raised:
        publish_text(table_of("text") + "1\n2\n")

    assert raised.value.faults.count == 2
