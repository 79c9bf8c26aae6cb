"""GeoJSON: features as rows, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data_service.importing.faults import Faults
from data_service.importing.readers import json_window
from data_service.importing.readers.batches import MOST_COLUMNS
from data_service.importing.readers.geojson import GeojsonReader


class Read:
    """A file that was read to its end."""

    def __init__(self, folder: Path, content: object) -> None:
        path = folder / "file.geojson"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        self.faults = Faults()
        self.reader = GeojsonReader(path, self.faults)
        self.batches = list(self.reader.batches())
        self.rows = [
            dict(zip(batch.names, row, strict=True))
            for batch in self.batches
            for row in batch.rows
        ]

    @property
    def told(self) -> list[str]:
        return [str(fault) for fault in self.faults]


def feature(geometry: object = None, **members: Any) -> dict[str, Any]:
    properties = {k: v for k, v in members.items() if k != "id"}
    own = {"id": members["id"]} if "id" in members else {}
    return {"type": "Feature", **own, "geometry": geometry, "properties": properties}


def collection(*features: object, **members: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


POINT = {"type": "Point", "coordinates": [4.9, 52.3]}


def test_it_reads_features(tmp_path: Path) -> None:
    read = Read(tmp_path, collection(feature(POINT, id=7, name="Oak", size=None)))

    assert read.rows == [
        {
            "id": "7",
            "geometry": '{"type":"Point","coordinates":[4.9,52.3]}',
            "name": "Oak",
            "size": None,
        }
    ]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("a", "string", "a"),
        (True, "boolean", "true"),
        (12, "integer", "12"),
        (2**64, "number", str(2**64)),
        (1.5, "number", "1.5"),
        ([], "array", "[]"),
        ([1, 2], "array of integer", "[1,2]"),
        ([1, 2.5], "array of number", "[1,2.5]"),
        (["a"], "array of string", '["a"]'),
        (["a", None], "object/json", '["a",null]'),
        ({"a": "é"}, "object/json", '{"a":"é"}'),
    ],
)
def test_it_keeps_the_kind_of_values(
    tmp_path: Path, value: object, kind: str, text: str
) -> None:
    read = Read(tmp_path, collection(feature(v=value)))

    batch = read.batches[0]
    place = batch.names.index("v")
    assert batch.kinds is not None
    assert (batch.kinds[place], batch.rows[0][place]) == (frozenset({kind}), text)


def test_it_learns_of_columns_as_they_appear(tmp_path: Path) -> None:
    features = [feature(a=1)] * 600 + [feature(b=2)]

    read = Read(tmp_path, collection(*features))

    assert [batch.names for batch in read.batches] == [
        ("geometry", "a"),
        ("geometry", "a", "b"),
    ]


def test_it_knows_an_id_that_is_there_twice(tmp_path: Path) -> None:
    read = Read(tmp_path, collection({**feature(id=1), "properties": {"id": 1}}))

    assert read.batches[0].names == ("id", "geometry")


def test_it_reads_one_feature(tmp_path: Path) -> None:
    assert Read(tmp_path, feature(POINT, name="Oak")).rows[0]["name"] == "Oak"


def test_it_takes_a_collection_without_features(tmp_path: Path) -> None:
    read = Read(tmp_path, collection())

    assert (len(read.batches), read.rows, read.told) == (1, [], [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("urn:ogc:def:crs:EPSG::28992", "EPSG:28992"),
        ("EPSG:28992", "EPSG:28992"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "CRS84"),
        ("http://www.opengis.net/def/crs/EPSG/0/28992", "EPSG:28992"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "CRS84"),
        ("CRS84", "CRS84"),
        ("EPSG:4326", "CRS84"),
    ],
)
def test_it_reads_the_crs_wherever_it_stands(
    tmp_path: Path, name: str, expected: str
) -> None:
    crs = {"type": "name", "properties": {"name": name}}

    assert Read(tmp_path, collection(crs=crs)).reader.crs == expected
    assert Read(tmp_path, {**collection(), "crs": crs}).reader.crs == expected


def test_it_refuses_a_crs_that_it_does_not_know(tmp_path: Path) -> None:
    (told,) = Read(tmp_path, collection(crs={"type": "link"})).told

    assert "has a crs that is unknown" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("[]", "line 1 is no GeoJSON object"),
        ("{}", "the file is no FeatureCollection or Feature"),
        ('{"type":"Point"}', "the file: 'Point' is no FeatureCollection or Feature"),
        ('{"a":1', "line 1 column 7: has 'its end' where '}' should be"),
        ('{"type" "a"}', "line 1 column 9: has '\"' where ':' should be"),
        ("{1:2}", "line 1 column 2: has no name of a member here"),
        ('{"a":NaN}', "line 1 column 6: is no JSON: NaN is no JSON number"),
        ('{"type":"FeatureCollection","features":[]} x', "line 1 has text after"),
        ('{\n"features":[\n{"a":1},\n{"b" 2}\n]}', "line 4 column 6: is no JSON:"),
        ('{"features":[{"type":"Feature"', "line 1 column 31: is no JSON: Expecting"),
    ],
)
def test_it_refuses_what_is_no_geojson(tmp_path: Path, text: str, told: str) -> None:
    assert Read(tmp_path, text).told[-1].startswith(told)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (5, "is no Feature"),
        ({"type": "Point"}, "is no Feature"),
        ({"type": "Feature", "properties": []}, "properties that are no object"),
        ({"type": "Feature", "id": []}, "an id that is no text or number"),
        ({"type": "Feature", "geometry": {"type": "Round"}}, "none of Point"),
        (feature(name="a\0b"), "has a NUL character"),
        (feature(name={"a": "\0"}), "has a NUL character"),
        (feature(name="\ud800"), "half a surrogate pair"),
        (feature(**{"\ud800": 1}), "a property whose name cannot be stored"),
    ],
)
def test_it_refuses_features_that_are_none(
    tmp_path: Path, value: object, told: str
) -> None:
    read = Read(tmp_path, collection(feature(), value, feature()))

    assert [told in text for text in read.told] == [True]
    assert len(read.rows) <= 3


def test_it_names_the_line_of_each_feature(tmp_path: Path) -> None:
    text = '{"type":"FeatureCollection","features":[\n5,\n\n6\n]}'

    assert [f.line for f in Read(tmp_path, text).faults] == [2, 4]


@pytest.mark.parametrize("number", ["1e999", "9" * 400])
def test_it_refuses_numbers_without_end(tmp_path: Path, number: str) -> None:
    text = json.dumps(collection(feature(size=5))).replace("5", number)

    assert "is no number that can be stored" in Read(tmp_path, text).told[0]


def test_it_tells_of_members_that_it_leaves_out(tmp_path: Path) -> None:
    assert Read(tmp_path, collection(extra=1)).reader.doubts == [
        "members extra are left out"
    ]


@pytest.mark.parametrize("block", [1, 7, 64])
def test_it_reads_through_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(json_window, "_BLOCK", block)
    features = [feature(POINT, name="é\n" * n, size=n) for n in range(40)]

    read = Read(tmp_path, collection(*features, bbox=[1, 2.25, 30, 4]))

    assert read.told == []
    assert [row["size"] for row in read.rows] == [str(n) for n in range(40)]


def test_it_refuses_a_value_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_window, "_BLOCK", 10)
    monkeypatch.setattr(json_window, "LONGEST_VALUE", 100)

    told = Read(tmp_path, '{"a":"' + "x" * 1000).told

    assert "has a value that is too long" in told[0]


def test_it_refuses_more_columns_than_can_be(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(MOST_COLUMNS - 1)]
    wide = json.dumps(feature(**dict.fromkeys(names, 1)))
    start = f'{{"type":"FeatureCollection","features":[{wide},\n'

    taken = Read(tmp_path, f"{start}{json.dumps(feature(p0=2))}]}}")
    refused = Read(tmp_path, f"{start}{json.dumps(feature(one=1))}]}}")

    assert not taken.faults
    assert refused.told == [
        "line 2: 'one' makes more than the 1,500 columns that are possible"
    ]
