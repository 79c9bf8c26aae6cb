"""`publish`: what becomes of geometries."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from data_service.importing.errors import (
    RefusedError,
)
from data_service.importing.publishing import Published
from data_service.models import PhysicalTable
from data_service.schemas.tables import Dataset as DatasetSchema
from data_service.schemas.tables import Field, Table

Publish = Callable[..., Published]
Read = Callable[..., list[tuple[Any, ...]]]

SCHEMA = DatasetSchema(
    "trees",
    (
        Table(
            "trees",
            (
                Field("id", "integer", required=True),
                Field("size", "number"),
                Field("tags", "array of string"),
                Field("counts", "array of integer"),
            ),
        ),
    ),
    title="Trees by the book",
)


def refusal(publish_text: Publish, text: str, **options: Any) -> list[str]:
    with pytest.raises(RefusedError) as raised:
        publish_text(text, **options)
    return [str(fault) for fault in raised.value.faults]


def test_it_stores_every_type_of_geojson(
    db: None, served_rows: Read, published: Published
) -> None:
    rows = served_rows("trees", "tree", "note", "tags", "geom", "geom__ewkt")

    first, second, third, fourth = rows
    assert first[:2] == ("x", ["a", "b"])
    assert first[2] == {"type": "Point", "coordinates": [121001.0, 487000.0]}
    assert first[3] == "SRID=28992;POINT (121001 487000)"
    assert (second[0], third[0]) == ("", None)
    assert fourth[2:] == (None, None)


def test_it_brings_geometries_to_crs84(
    db: None, served_rows: Read, published: Published
) -> None:
    ((place,), *_) = served_rows("trees", "tree", "geom__crs84")

    assert place["coordinates"] == pytest.approx([4.888, 52.3698], abs=1e-3)


def collection(*geometries: object, crs: str = "", **properties: object) -> str:
    features = [
        {"type": "Feature", "geometry": geometry, "properties": {"id": n, **properties}}
        for n, geometry in enumerate(geometries, 1)
    ]
    members: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        members["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(members)


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
OPEN = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [2, 2]]]}


@pytest.mark.parametrize(
    ("geometry", "crs", "told"),
    [
        (OPEN, "", "ring 1 is not closed"),
        ({"type": "Point", "coordinates": [121000, 487000]}, "", "EPSG::28992"),
        (
            {"type": "Point", "coordinates": [4.9, 52]},
            "EPSG:28992",
            "beyond EPSG:28992",
        ),
        ({"type": "Point", "coordinates": ["x", 1]}, "", "make no Point"),
        (SQUARE, "EPSG:999999", "a CRS that is unknown"),
        (SQUARE, "EPSG:7405", "a CRS that is unknown"),
    ],
)
def test_it_refuses_geometries(
    publish_text: Publish, geometry: object, crs: str, told: str
) -> None:
    (found,) = refusal(publish_text, collection(geometry, crs=crs), name="t.geojson")

    assert told in found


def test_it_takes_kinds_of_geometry_together(
    publish_text: Publish, served_rows: Read
) -> None:
    many = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}

    published = publish_text(collection(SQUARE, many), name="trees.geojson")

    assert published.table.by_id["geometry"].type_name == "Geometry"
    (first, _) = served_rows("trees", "trees", "geometry__ewkt")
    assert first == ("SRID=4326;POLYGON ((0 0, 1 0, 1 1, 0 0))",)


NOWHERE = {"type": "LineString", "coordinates": []}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv", "id;geometry\n1;POINT EMPTY\n2;POLYGON ((0 0, 1 0, 1 1, 0 0))\n"),
        ("t.geojson", collection(NOWHERE, SQUARE)),
    ],
)
def test_it_lets_an_empty_geometry_be_of_any_kind(
    publish_text: Publish, name: str, text: str
) -> None:
    published = publish_text(text, name=name)

    assert published.table.by_id["geometry"].type_name == "Polygon"


def test_it_keeps_a_served_field_of_any_geometry(publish_text: Publish) -> None:
    point = {"type": "Point", "coordinates": [4, 52]}
    publish_text(collection(SQUARE, point), name="t.geojson")

    published = publish_text(collection(SQUARE, NOWHERE), name="t.geojson")

    assert published.table.by_id["geometry"].type_name == "Geometry"


def test_it_says_what_is_left_out_of_a_geometry(publish_text: Publish) -> None:
    parts = {"type": "MultiPolygon", "coordinates": [[], SQUARE["coordinates"]]}

    published = publish_text(collection(parts), name="t.geojson")

    assert "geometry: empty parts left out of 1 geometry" in published.doubts


WKT = "id;geometry\n1;POLYGON ((0 0, 1 0, 1 1, 0 0))\n2;POLYGON EMPTY\n"
EMPTY = {"type": "Polygon", "coordinates": []}


@pytest.mark.parametrize(
    ("name", "text"),
    [("t.csv", WKT), ("t.geojson", collection(SQUARE, EMPTY))],
)
def test_it_takes_an_empty_geometry_for_none(
    publish_text: Publish, served_rows: Read, name: str, text: str
) -> None:
    published = publish_text(text, name=name)

    field = published.table.by_id["geometry"]
    assert (field.type_name, field.required) == ("Polygon", False)
    assert "geometry: 1 empty geometry read as no value" in published.doubts
    columns = ("geometry", "geometry__ewkt", "geometry__box", "geometry__wkb")
    assert served_rows("t", "t", *columns)[1] == (None,) * 4


def test_it_counts_empty_geometries_among_the_rows_without(
    publish_text: Publish,
) -> None:
    publish_text(WKT, name="t.csv")

    (physical,) = PhysicalTable.objects.all()
    assert physical.statistics["fields"]["geometry"] == {"nulls": 1}


def test_it_refuses_an_empty_geometry_where_one_is_required(
    publish_text: Publish,
) -> None:
    place = Field("geometry", "Polygon", crs="CRS84", required=True)
    schema = DatasetSchema("t", (Table("t", (Field("id", "integer"), place)),))

    (told,) = refusal(publish_text, WKT, name="t.csv", schema=schema)

    assert told == "line 3, column 'geometry': 'POLYGON EMPTY' is empty, and required"


RD = "id;x;y\n1;121000;487000.5\n2;;\n3;121001.;487001\n"


def test_it_makes_points_of_rd_where_that_is_told(
    publish_text: Publish, served_rows: Read
) -> None:
    published = publish_text(RD, name="t.csv", crs="EPSG:28992")

    point = published.table.by_id["geometry"]
    assert (point.type_name, point.crs, point.provenance) == (
        "Point",
        "EPSG:28992",
        "x,y",
    )
    columns = ("geometry__ewkt", "geometry__crs84")
    first, second, third = served_rows("t", "t", *columns)
    assert first[0] == "SRID=28992;POINT (121000 487000.5)"
    assert first[1]["coordinates"] == pytest.approx([4.89, 52.37], abs=0.01)
    assert second == (None, None)
    assert third[0] == "SRID=28992;POINT (121001 487001)"


def test_it_binds_points_of_rd_to_their_schema(
    publish_text: Publish, served_rows: Read
) -> None:
    first = publish_text(RD, name="t.csv", crs="EPSG:28992")
    before = served_rows("t", "t", "geometry__ewkt")

    publish_text(RD, name="t.csv", schema=first.dataset)
    (told,) = refusal(
        publish_text, "id;x;y\n1;5;52\n", name="t.csv", schema=first.dataset
    )

    assert served_rows("t", "t", "geometry__ewkt") == before
    assert "beyond EPSG:28992" in told


def test_it_says_what_makes_points_of_rd(publish_text: Publish) -> None:
    published = publish_text(RD, name="t.csv")

    assert any("--crs EPSG:28992 makes points" in doubt for doubt in published.doubts)


def test_it_reads_geometries_in_text_where_it_was_told(
    publish_text: Publish, served_rows: Read
) -> None:
    text = "id;place\n1;POINT (545000 6867000)\n2;POINT EMPTY\n"

    published = publish_text(text, name="t.csv", crs="EPSG:3857")

    assert published.table.by_id["place"].crs == "EPSG:3857"
    ((place,), _) = served_rows("t", "t", "place__crs84")
    assert place["coordinates"] == pytest.approx([4.9, 52.4], abs=0.1)


def test_it_refuses_text_that_lies_elsewhere(publish_text: Publish) -> None:
    text = "id;place\n1;POINT (121000 487000)\n2;POINT (0 0)\n"

    (told,) = refusal(publish_text, text, name="t.csv", crs="EPSG:28992")

    assert told.startswith("line 3, column 'place': 'POINT (0 0)' has coordinates")


def test_it_reads_geometries_in_text(publish_text: Publish, served_rows: Read) -> None:
    published = publish_text("id;place\n1;POINT (121000 487000)\n2;\n")

    assert published.table.by_id["place"].crs == "EPSG:28992"
    first, second = served_rows("trees", "trees", "place", "place__ewkt")
    assert first[0] == {"type": "Point", "coordinates": [121000.0, 487000.0]}
    assert first[1] == "SRID=28992;POINT (121000 487000)"
    assert second == (None, None)


def test_it_refuses_a_geometry_of_another_kind(publish_text: Publish) -> None:
    table = Table(
        "t", (Field("id", "integer"), Field("geometry", "Point", crs="CRS84"))
    )
    schema = DatasetSchema("t", (table,))

    (told,) = refusal(publish_text, collection(SQUARE), name="t.geojson", schema=schema)

    assert "is a Polygon, no Point" in told


def test_it_bears_columns_that_come_late(
    publish_text: Publish, served_rows: Read
) -> None:
    rows: list[dict[str, object]] = [{"id": n} for n in range(1, 700)]
    rows.append({"id": 700, "late": ["a"]})
    features = [
        {"type": "Feature", "geometry": None, "properties": row} for row in rows
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})

    publish_text(text, name="trees.geojson")

    assert served_rows("trees", "trees", "late")[-1] == (["a"],)


BOWTIE = {
    "type": "Polygon",
    "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]],
}


def test_it_refuses_a_geometry_that_is_not_valid(publish_text: Publish) -> None:
    text = collection(SQUARE, BOWTIE)

    (found,) = refusal(publish_text, text, name="t.geojson")

    assert found.startswith("line 1, column 'geometry'")
    assert "is not valid: Self-intersection at 1 1" in found


def test_it_mends_geometries_when_asked(publish_text: Publish) -> None:
    text = collection(SQUARE, BOWTIE)

    published = publish_text(text, name="t.geojson", mend_geometry=True)

    assert "geometry: geometries mended: 1" in published.doubts
    assert published.table.by_id["geometry"].type_name == "Geometry"


def test_it_keeps_heights(publish_text: Publish, served_rows: Read) -> None:
    place = {"type": "Point", "coordinates": [121000, 487000, 2.5]}
    crs = "urn:ogc:def:crs:EPSG::7415"

    publish_text(collection(place, crs=crs), name="t.geojson", dataset="t")

    ((stored, degrees, ewkt),) = served_rows(
        "t", "t", "geometry", "geometry__crs84", "geometry__ewkt"
    )
    assert stored["coordinates"] == [121000, 487000, 2.5]
    assert degrees["coordinates"][2] == 2.5
    assert ewkt == "SRID=7415;POINT Z (121000 487000 2.5)"
