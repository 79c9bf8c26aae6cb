"""Geometries: why a text is none, what is mended, and what is stored."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from data_service.importing.shapes import Shaper, why_no_geometry
from data_service.schemas.tables import Field

RING = "[[0,0],[1,0],[1,1],[0,0]]"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nothing", "is no geometry in WKT or GeoJSON"),
        ("[]", "is no geometry in WKT or GeoJSON"),
        ('{"type":"Point"}', "is a Point without coordinates"),
        ('{"type":"Point","coordinates":["a",1]}', "coordinates that make no Point"),
        ('{"type":"Polygon","coordinates":[[[0,0],[1,0]]]}', "ring 1 has fewer than"),
        (
            f'{{"type":"Polygon","coordinates":[{RING},[[0,0],[1,0],[1,1],[2,2]]]}}',
            "ring 2 is not closed",
        ),
        ('{"type":"MultiPolygon","coordinates":[[5]]}', "ring 1 has fewer"),
        ('{"type":"MultiPolygon","coordinates":[5]}', "make no MultiPolygon"),
    ],
)
def test_it_says_why(text: str, reason: str) -> None:
    assert reason in why_no_geometry(text)


BOWTIE = "POLYGON((0 0,2 2,2 0,0 2,0 0))"
SLIVER = "POLYGON((0 0,1 1,0 0))"
AREA = Field("area", "Polygon", crs="CRS84")


def reasons_of(*texts: str, **options: Any) -> list[str]:
    return Shaper(AREA, **options).shape(texts)[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOWTIE, "is not valid: Self-intersection at 1 1; mend the file, or publish"),
        ("POINT(1 2)", "is a Point, no Polygon"),
        ("CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0))", "is no geometry"),
        (
            '{"type":"Feature","geometry":{"type":"Point","coordinates":[4,52]}}',
            "is a Feature; a geometry is one of Point, ",
        ),
        ('{"type":' + "[" * 100_000, "is no geometry in WKT or GeoJSON"),
        (
            f"{'GEOMETRYCOLLECTION(' * 3000}POINT(4 52),POINT EMPTY{')' * 3000}",
            "is no geometry in WKT or GeoJSON",
        ),
        ("POLYGON((0 0,200 0,200 1,0 0))", "beyond CRS84; if these are RD"),
    ],
)
def test_it_refuses_what_cannot_be_stored(text: str, reason: str) -> None:
    (found,) = reasons_of(text)

    assert reason in found


def test_it_mends_what_is_not_valid() -> None:
    shaper = Shaper(AREA, mends=True, is_bound=False)

    reasons, stored = shaper.shape([BOWTIE, "POLYGON((0 0,1 0,1 1,0 0))"])

    assert reasons == ["", ""]
    assert shaper.mended == 1
    assert shaper.type_name == "Geometry"
    assert '"MultiPolygon"' in str(stored[0][0])


def test_it_says_when_mending_does_not_help() -> None:
    schema = reasons_of(BOWTIE, mends=True)
    nothing = reasons_of(SLIVER, mends=True, is_bound=False)

    assert schema == ["is a MultiPolygon, no Polygon"]
    assert nothing[0].endswith("nothing mends it")


def test_it_stores_what_questions_are_asked_of() -> None:
    text = (
        "POLYGON Z((121000 487000 1,121001 487000 1,121001 487002 1,121000 487000 1))"
    )
    shaper = Shaper(Field("area", "Polygon", crs="EPSG:7415"))

    _, [(geojson, moved, ewkt, point, box, wkb)] = shaper.shape([text])

    assert shapely.from_geojson(geojson).has_z
    assert shapely.from_geojson(moved).has_z
    assert str(ewkt).startswith("SRID=7415;POLYGON Z ((121000 487000 1")
    assert point is None
    assert box == "(121001.0,487002.0),(121000.0,487000.0)"
    assert shapely.from_wkb(wkb).has_z


def test_it_stores_points_as_points() -> None:
    shaper = Shaper(Field("place", "Point", crs="CRS84"))

    reasons, [row] = shaper.shape(["POINT(4.5 52)"])

    assert reasons == [""]
    assert row[3:] == ("(4.5,52.0)", None, None)


EMPTY = (
    *(f"{kind} EMPTY" for kind in ("POINT", "LINESTRING Z", "POLYGON")),
    *(f"MULTI{kind} EMPTY" for kind in ("POINT", "LINESTRING", "POLYGON")),
    "GEOMETRYCOLLECTION(POINT EMPTY)",
    *(
        f'{{"type":"{kind}","coordinates":[]}}'
        for kind in ("Point", "LineString", "Polygon", "MultiPoint", "MultiPolygon")
    ),
    '{"type":"Polygon","coordinates":[[]]}',
    '{"type":"MultiLineString","coordinates":[[]]}',
    '{"type":"GeometryCollection","geometries":[]}',
)


@pytest.mark.parametrize("mends", [False, True])
@pytest.mark.parametrize("empty", EMPTY)
def test_it_stores_nothing_of_an_empty_geometry(empty: str, mends: bool) -> None:
    shaper = Shaper(Field("place", "Point", crs="EPSG:28992"), mends=mends)

    reasons, stored = shaper.shape([empty, "POINT(121000 487000)", "POINT(1 2)", empty])

    assert [bool(reason) for reason in reasons] == [False, False, True, False]
    assert [row[3] for row in stored] == [None, "(121000.0,487000.0)", None]
    assert stored[0] == stored[2] == (None,) * 6
    assert (shaper.empty, shaper.types) == (2, {"Point"})


SQUARE = "((0 0,1 0,1 1,0 0))"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (f"MULTIPOLYGON(EMPTY,{SQUARE})", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))"),
        (
            f'{{"type":"MultiPolygon","coordinates":[[],[{RING},[]]]}}',
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
        ),
        (f"POLYGON({SQUARE[1:-1]},EMPTY)", "POLYGON ((0 0, 1 0, 1 1, 0 0))"),
        ("MULTIPOINT Z(EMPTY,(4 52 1))", "MULTIPOINT Z ((4 52 1))"),
        (
            "GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT EMPTY,MULTIPOINT((4 52))))",
            "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (MULTIPOINT ((4 52))))",
        ),
    ],
)
def test_it_leaves_empty_parts_out(text: str, stored: str) -> None:
    shaper = Shaper(Field("area", "Geometry", crs="CRS84"))

    reasons, rows = shaper.shape([text, "POINT (4 52)", "POLYGON EMPTY", "none"])

    assert [bool(reason) for reason in reasons] == [False, False, False, True]
    geojson, _, ewkt, *_ = rows[0]
    assert ewkt == f"SRID=4326;{stored}"
    assert "[]" not in str(geojson)
    assert shaper.trimmed == 1


def test_it_keeps_the_type_of_several_areas() -> None:
    field = Field("area", "MultiPolygon", crs="CRS84")
    shaper = Shaper(field, mends=True)

    reasons, _ = shaper.shape(["MULTIPOLYGON(((0 0,2 0,1 0,2 2,0 2,0 0)))", BOWTIE])

    assert reasons == ["", ""]
    assert shaper.types == {"MultiPolygon"}


@pytest.mark.parametrize("text", ["POINT(4 52)", "GEOMETRYCOLLECTION(POINT(4 52))"])
def test_it_keeps_a_field_of_any_geometry(text: str) -> None:
    shaper = Shaper(Field("place", "Geometry", crs="CRS84"), is_bound=False)

    shaper.shape([text])

    assert shaper.type_name == "Geometry"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ('{"type":"Point","coordinates":[4.50,52]}',) * 2,
        ('{"coordinates":[4.50,52],"type":"Point"}',) * 2,
        (
            '{"type":"Point","coordinates":[4.5,52],"bbox":[1],"x":"<"}',
            '{"type":"Point","coordinates":[4.5,52]}',
        ),
    ],
)
def test_it_stores_the_members_of_a_geometry_only(text: str, stored: str) -> None:
    shaper = Shaper(Field("place", "Point", crs="CRS84"))

    _, [(geojson, *_)] = shaper.shape([text])

    assert geojson == stored
