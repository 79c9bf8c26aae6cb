"""The SQL of a row in each format, as far as it can be told without PostgreSQL."""

import pytest

from data_service.formats import csv, geojson, hal
from data_service.formats.json_text import object_of
from data_service.formats.table import CSV, FORMATS, GEOJSON, NDJSON
from data_service.schemas.tables import Field, Table

LONG = "a" * 70
TABLE = Table(
    "tree",
    (
        Field("id", "string"),
        Field("geom", "Point", crs="EPSG:28992"),
        Field("other", "Point", crs="EPSG:28992"),
        Field("alive", "boolean"),
    ),
    main_geometry="geom",
)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
def test_it_selects_over_the_alias_of_a_row(format_):
    text = format_.select(TABLE, fields=TABLE.fields).as_string(None)

    assert '"r"."id"' in text
    assert "%" not in text


def test_it_leaves_the_place_of_the_base_url_open():
    text = hal.row_expression(TABLE).as_string(None)

    assert text.count(hal.BASE_URL.decode()) == 2
    assert "kade_url_segment" in text


def test_it_writes_a_long_name_by_itself():
    fields = (Field(LONG, "integer"), Field("b", "string"))

    text = object_of(fields).as_string(None)

    assert f'"{LONG}":' in text
    assert "row_to_json" not in text


def test_it_writes_an_object_without_fields():
    assert object_of(()).as_string(None) == "'{}'"


def test_it_gives_all_geometries_of_a_feature_in_degrees():
    text = geojson.row_expression(TABLE, fields=TABLE.fields).as_string(None)

    assert "geom__crs84" in text
    assert "other__crs84" in text


def test_it_gives_a_feature_without_its_geometry():
    text = geojson.row_expression(TABLE, fields=TABLE.fields[:1]).as_string(None)

    assert "'null'" in text


def test_it_gives_geometries_in_csv_as_text():
    text = csv.select_list(TABLE, fields=TABLE.fields).as_string(None)

    assert "geom__ewkt" in text
    assert '"r"."alive"::text' in text


@pytest.mark.parametrize(
    ("format_", "rows", "whole"),
    [
        (CSV, [], b"id\r\n"),
        (CSV, [b"1", b"2"], b"id\r\n1\r\n2\r\n"),
        (GEOJSON, [], geojson.OPENING + geojson.CLOSING),
        (GEOJSON, [b"{}", b"{}"], geojson.OPENING + b"{},{}" + geojson.CLOSING),
        (NDJSON, [], b""),
        (NDJSON, [b"{}", b"{}"], b"{}\n{}\n"),
    ],
)
def test_it_puts_a_whole_document_together(format_, rows, whole):
    assert format_.copy.whole(TABLE.fields[:1], rows) == whole
