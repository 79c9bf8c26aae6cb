"""`publish`: what becomes of two columns of coordinates."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from data_service.importing.errors import (
    BreakingChangeError,
    ImportingError,
    RefusedError,
)
from data_service.importing.publishing import Mode, Published
from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset, Field, Table
from data_service.schemas.writing import dataset_to_json

Publish = Callable[..., Published]
Read = Callable[..., list[tuple[Any, ...]]]
RD = "id;x;y\n1;121000;487000.5\n2;;\n3;121001.;487001\n"
COMMAS = "id;x;y\n1;121000,5;487000,5\n2;NA;NA\n3;121.000;487.000\n"
DEGREES = "id;lon;lat\n1;4,9;52,37\n2;5;52\n"
TOLD = "EPSG:28992"


def refusal(publish_text: Publish, text: str, **options: Any) -> list[str]:
    with pytest.raises(RefusedError) as raised:
        publish_text(text, name="t.csv", **options)
    return [str(fault) for fault in raised.value.faults]


def with_other_keys(text: str) -> str:
    """Give the same rows with other identifiers."""
    for old, new in {"\n1;": "\n4;", "\n2;": "\n5;", "\n3;": "\n6;"}.items():
        text = text.replace(old, new)
    return text


def test_it_makes_points_of_numbers_with_a_comma(
    publish_text: Publish, served_rows: Read
) -> None:
    publish_text(COMMAS, name="t.csv", crs=TOLD)

    assert served_rows("t", "t", "geometry__ewkt") == [
        ("SRID=28992;POINT (121000.5 487000.5)",),
        (None,),
        ("SRID=28992;POINT (121000 487000)",),
    ]


def test_it_takes_no_comma_for_degrees(publish_text: Publish) -> None:
    rows = "".join(f"{n};4;52\n" for n in range(600))

    untold = publish_text(COMMAS, name="t.csv")
    beyond = publish_text(f"id;lon;lat\n{rows}600;400,8;520,1\n", name="u.csv")

    for published in (untold, beyond):
        assert not any(f.type.is_geometry for f in published.table.fields)
    assert any(f"--crs {TOLD} makes points" in doubt for doubt in untold.doubts)
    assert "lon and lat are no degrees: no point is made of them" in beyond.doubts


@pytest.mark.parametrize(("text", "crs"), [(COMMAS, TOLD), (DEGREES, "")])
@pytest.mark.parametrize("mode", [Mode.APPEND, Mode.UPSERT])
def test_it_adds_a_file_with_commas(
    publish_text: Publish, served_rows: Read, text: str, crs: str, mode: Mode
) -> None:
    publish_text(text, name="t.csv", crs=crs)
    first = served_rows("t", "t", "geometry__ewkt")

    publish_text(with_other_keys(text), name="t.csv", mode=mode)

    assert served_rows("t", "t", "geometry__ewkt") == first * 2


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("400,8", "52"), "column 'lon': '400,8' should be at least -180"),
        (("4,9", "x"), "column 'lat': 'x' is no number"),
    ],
)
def test_it_refuses_degrees_with_a_comma(
    publish_text: Publish, cells: tuple[str, str], told: str
) -> None:
    first = publish_text(DEGREES, name="t.csv")
    text = f"id;lon;lat\n1;4,9;52\n2;{';'.join(cells)}\n"

    (found,) = refusal(publish_text, text, schema=first.dataset)

    assert found.startswith(f"line 3, {told}")


def test_it_holds_numbers_with_a_comma_to_their_bounds(publish_text: Publish) -> None:
    field = Field("n", "number", minimum=10, maximum=2000.5)
    schema = Dataset("t", (Table("t", (Field("id", "integer"), field)),))
    text = "id;n\n1;2000,5\n2;1.234\n3;9,5\n4;NA\n5;2000,51\n"

    found = refusal(publish_text, text, schema=schema)

    reason = "should be at least 10 and at most 2000.5"
    assert found == [
        f"line 4, column 'n': '9,5' {reason}",
        f"line 6, column 'n': '2000,51' {reason}",
    ]


def test_it_reads_thousands_as_the_first_time(
    publish_text: Publish, served_rows: Read
) -> None:
    text = "id;price;count\n1;1,50;1.234\n2;2,25;12.500\n"
    publish_text(text, name="t.csv")
    first = served_rows("t", "t", "price", "count")

    publish_text(text, name="t.csv", mode=Mode.UPSERT)

    assert served_rows("t", "t", "price", "count") == first


@pytest.mark.parametrize("text", [RD, "id;x;x;y\n1;121000;7;487000\n"])
def test_it_keeps_points_of_rd_however_often_they_are_published(
    publish_text: Publish, served_rows: Read, text: str
) -> None:
    first = publish_text(text, name="t.csv", crs=TOLD)
    before = served_rows("t", "t", "geometry__ewkt")

    second = publish_text(text, name="t.csv", crs=TOLD)
    schema = parse_dataset(json.loads(json.dumps(dataset_to_json(second.dataset))))
    publish_text(text, name="t.csv", mode=Mode.UPSERT)
    publish_text(text, name="t.csv", schema=schema)

    assert second.table == first.table
    assert served_rows("t", "t", "geometry__ewkt") == before
    publish_text(with_other_keys(text), name="t.csv", mode=Mode.APPEND)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id;x;y\n1;0;0\n", "line 2, column 'geometry': 'POINT (0 0)' has coordinates"),
        ("id;x;y\n1;121000;487000\n2;487000;121000\n", "line 3, column 'geometry'"),
        ("id;lon;lat\n1;4.9;52.3\n", "'POINT (4.9 52.3)' has coordinates beyond EPSG"),
        ("id;x\n1;121000\n", "line 1, column 'x' has no other beside it"),
        ("id;x;y\n1;121000;?\n", "line 2, column 'y': '?' is no number, and --crs"),
    ],
)
def test_it_refuses_what_is_not_where_it_was_told(
    publish_text: Publish, text: str, told: str
) -> None:
    (found,) = refusal(publish_text, text, crs=TOLD)

    assert told in found


def test_it_refuses_a_crs_that_is_unknown(publish_text: Publish) -> None:
    (found,) = refusal(publish_text, RD, crs="EPSG:999999")

    assert found == "the file has a CRS that is unknown: EPSG:999999"


@pytest.mark.parametrize("crs", ["28992", "epsg:28992", "rd", "EPSG:28992 "])
def test_it_refuses_what_is_no_crs(publish_text: Publish, crs: str) -> None:
    with pytest.raises(ImportingError, match="is no CRS: --crs takes a code of the"):
        publish_text(RD, name="t.csv", crs=crs)


def test_it_makes_points_in_another_crs(
    publish_text: Publish, served_rows: Read
) -> None:
    publish_text("id;x;y\n1;545000;6867000\n", name="t.csv", crs="EPSG:3857")

    ((place,),) = served_rows("t", "t", "geometry__crs84")
    assert place["coordinates"] == pytest.approx([4.9, 52.4], abs=0.1)


def test_it_makes_no_points_because_a_file_is_in_rd(publish_text: Publish) -> None:
    crs = {"type": "name", "properties": {"name": TOLD}}
    properties = {"id": 1, "x": 5, "y": 7}
    feature = {"type": "Feature", "geometry": None, "properties": properties}
    collection = {"type": "FeatureCollection", "crs": crs, "features": [feature]}

    published = publish_text(json.dumps(collection), name="t.geojson")

    assert [f.crs for f in published.table.fields if f.type.is_geometry] == ["CRS84"]


@pytest.mark.parametrize("text", ["id;name\n1;a\n", "id;place\n1;\n"])
def test_it_says_that_a_crs_is_of_no_use(publish_text: Publish, text: str) -> None:
    published = publish_text(text, name="t.csv", crs=TOLD)

    assert "there are no geometries: --crs changes nothing" in published.doubts


def test_it_makes_no_points_beside_numbers_that_are_served(
    publish_text: Publish,
) -> None:
    publish_text(RD, name="t.csv")

    (found,) = refusal(publish_text, RD, crs=TOLD, mode=Mode.UPSERT)

    assert "has x and y, which make no point: their table has no geometry" in found


def test_it_refuses_another_crs_than_the_served_one(publish_text: Publish) -> None:
    publish_text(DEGREES, name="t.csv")

    (found,) = refusal(publish_text, DEGREES, crs=TOLD, mode=Mode.UPSERT)

    assert f"is in {TOLD}; the schema says CRS84" in found


def test_it_says_what_keeps_points(publish_text: Publish) -> None:
    publish_text(RD, name="t.csv", crs=TOLD)

    with pytest.raises(BreakingChangeError, match=f"; --crs {TOLD} keeps it$"):
        publish_text(RD, name="t.csv")


def test_it_takes_no_points_for_thousands_where_numbers_fit(
    publish_text: Publish, served_rows: Read
) -> None:
    publish_text("id;price;part\n1;3,50;52,123\n2;4,50;1,5\n", name="t.csv")
    later = "id;price;part\n3;3,50;52.123\n"

    publish_text(later, name="t.csv", mode=Mode.UPSERT)

    parts = [float(part) for (part,) in served_rows("t", "t", "part")]
    assert parts == [52.123, 1.5, 52.123]
