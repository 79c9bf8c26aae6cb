"""Objects of JSON: line by line, in a list, as features."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import Read

from data_service.importing.errors import UnsupportedFileError
from data_service.importing.readers.geojson import GeojsonReader
from data_service.importing.readers.json_cells import cell_of, why_not_stored

POINT = '{"type":"Point","coordinates":[121000.0,487000.0]}'
FEATURE = (
    '{"type":"Feature","id":%d,"geometry":{"type":"Point","coordinates":[4.9,52.3]},'
    '"properties":{"name":"Oak"}}'
)


def read(folder: Path, text: str, name: str = "trees.ndjson", **options: str) -> Read:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Read(path, **options)


def test_it_reads_an_object_on_each_line(tmp_path: Path) -> None:
    found = read(tmp_path, '{"id": 1, "name": "Oak"}\n\n{"id": 2, "tall": true}\n')

    assert found.rows == [
        {"id": "1", "name": "Oak", "tall": None},
        {"id": "2", "name": None, "tall": "true"},
    ]
    assert found.lines == [1, 3]
    assert found.kinds == {"id": {"integer"}, "name": {"string"}, "tall": {"boolean"}}
    assert found.reader.position == found.reader.size


def test_it_keeps_nested_values(tmp_path: Path) -> None:
    found = read(tmp_path, '{"a": {"b": [1, {"c": null}]}, "d": [1, 2], "e": null}\n')

    assert found.rows == [{"a": '{"b":[1,{"c":null}]}', "d": "[1,2]", "e": None}]
    assert found.kinds["a"] == {"object/json"}
    assert found.kinds["d"] == {"array of integer"}


def test_it_finds_geometries_and_their_crs(tmp_path: Path) -> None:
    found = read(tmp_path, f'{{"id": 1, "place": {POINT}}}\n')

    assert found.rows == [{"id": "1", "place": POINT}]
    assert found.kinds["place"] == {"Point"}
    assert found.reader.crs == "EPSG:28992"


def test_it_reads_features_line_by_line(tmp_path: Path) -> None:
    text = "".join(f"\x1e{FEATURE % number}\n" for number in (1, 2))

    found = read(tmp_path, text, "trees.geojsonl")

    assert [row["id"] for row in found.rows] == ["1", "2"]
    assert found.rows[0]["name"] == "Oak"
    assert found.kinds["geometry"] == {"Point"}
    assert found.reader.crs == "CRS84"


def test_it_reads_a_list(tmp_path: Path) -> None:
    found = read(tmp_path, '[{"id": 1},\n {"id": 2}]', "trees.json")

    assert [row["id"] for row in found.rows] == ["1", "2"]
    assert found.lines == [1, 2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("trees.json", f"{FEATURE % 1}\n"),
        ("trees.geojson", f'{{"type":"FeatureCollection","features":[{FEATURE % 1}]}}'),
        ("trees.json", f'{{"type":\n"FeatureCollection","features":[{FEATURE % 1}]}}'),
    ],
)
def test_it_knows_geojson_by_its_content(tmp_path: Path, name: str, text: str) -> None:
    found = read(tmp_path, text, name)

    assert isinstance(found.reader, GeojsonReader)
    assert len(found.rows) == 1


@pytest.mark.parametrize("name", ["trees.json", "trees.geojson"])
def test_it_knows_lines_by_their_content(tmp_path: Path, name: str) -> None:
    assert len(read(tmp_path, f"{FEATURE % 1}\n{FEATURE % 2}\n", name).rows) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '{"id": 1}\n{"id": \n{"id": 3}\n[1]\n',
            ["line 2", "line 4: '[1]' is no JSON"],
        ),
        ('{"id": NaN}\n', ["line 1: '{\"id\": NaN}' is no JSON: NaN"]),
        ('{"id": "\\u0000"}\n', ["line 1, column 'id'"]),
        ('{"a\\u0000": 1}\n', ["has a member whose name cannot be stored"]),
        (
            '{"id": 1e999}\n{"id": [-1e999]}\n{"id": 1}\n',
            ["'a number beyond 1.7976931348623157e308' is no number that"] * 2,
        ),
        (f'{{"id": {"9" * 400}}}\n', ["is no number that can be stored"]),
        (f'{{"id": [1, {"9" * 400}]}}\n', ["is no number that can be stored"]),
        ('{"id": {"a": [1e999, "Infinity"]}}\n', ["is no number that can be stored"]),
        (f'{{"id": {"9" * 5000}}}\n', ["is no JSON: Exceeds"]),
    ],
)
def test_it_names_each_line_that_is_wrong(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    found = read(tmp_path, text)

    for reason, fault in zip(told, found.told, strict=True):
        assert reason in fault or "is no JSON object" in fault


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"id": 1}, 5]', "is no JSON object"),
        ('[{"id": 1}', "has its end where"),
        ('[{"id": 1}] x', "has text after the end of the list"),
    ],
)
def test_it_names_what_is_wrong_with_a_list(
    tmp_path: Path, text: str, told: str
) -> None:
    assert told in read(tmp_path, text, "trees.json").told[0].replace(
        "'its end'", "its end"
    )


def test_it_refuses_a_million_columns(tmp_path: Path) -> None:
    members = ",".join(f'"c{number}": 1' for number in range(1600))

    found = read(tmp_path, f"{{{members}}}\n")

    assert "more than the 1,500 columns" in found.told[0]


def test_it_refuses_an_empty_file(tmp_path: Path) -> None:
    assert read(tmp_path, "").told == ["the file is empty"]


def test_it_refuses_a_part(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFileError, match="has no sheets or layers: 'x'"):
        read(tmp_path, '{"id": 1}\n', part="x")


def test_it_reads_no_further_when_bytes_are_wrong(tmp_path: Path) -> None:
    path = tmp_path / "trees.ndjson"
    path.write_bytes(b'{"id": "a\0b"}\n')

    assert "has a NUL character" in Read(path).told[0]


def test_it_refuses_what_is_too_deep() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]

    assert why_not_stored(*cell_of(value)) == "is too deep to be read"


def test_it_stores_words_that_say_what_is_too_deep() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    _, words = cell_of(value)

    assert why_not_stored(*cell_of(words)) == ""
