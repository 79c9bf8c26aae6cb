"""Columns of text that are geometries."""

from __future__ import annotations

import pytest

from data_service.importing.written_geometries import WrittenGeometries


@pytest.mark.parametrize(
    ("texts", "type_name", "crs"),
    [
        (["POINT (4.9 52.3)"], "Point", "CRS84"),
        (["point(4.9 52.3)", ""], "Point", "CRS84"),
        (["SRID=28992;POINT (121000 487000)"], "Point", "EPSG:28992"),
        (["SRID=4326;POINT Z (4.9 52.3 1)"], "Point", "CRS84"),
        (["POLYGON ((121000.5 487000, 1 2))"], "Polygon", "EPSG:28992"),
        (["POINT EMPTY", "POINT (4 52)"], "Point", "CRS84"),
        (["POINT (4 52)", "POLYGON ((4 52, 5 53))"], "Geometry", "CRS84"),
        (["GEOMETRYCOLLECTION (POINT (4 52))"], "Geometry", "CRS84"),
        (["MULTIPOLYGON (((4 52, 5 53)))"], "MultiPolygon", "CRS84"),
        (['{"type": "Point", "coordinates": [4.9, 52.3]}'], "Point", "CRS84"),
        (['{"type":"Polygon","coordinates":[[[4,52]]]}'], "Polygon", "CRS84"),
        (['{"type":"Point","coordinates":[]}'], "Point", ""),
        (["POINT (900000 900000)"], "Point", ""),
        (["SRID=4326;POINT (4 52)", "SRID=28992;POINT (121000 487000)"], "Point", ""),
    ],
)
def test_it_reads(texts: list[str], type_name: str, crs: str) -> None:
    geometries = WrittenGeometries()

    for text in texts:
        geometries.see([text])

    assert geometries.holds
    assert (geometries.type_name, geometries.crs) == (type_name, crs)


@pytest.mark.parametrize(
    "text", ["Oak", "POINT", "POINT (see map)", "ROUND (1 2)", '{"type":"Tree"}', "5"]
)
def test_it_leaves_other_text_alone(text: str) -> None:
    geometries = WrittenGeometries()

    geometries.see(["POINT (4 52)", text])

    assert not geometries.holds
