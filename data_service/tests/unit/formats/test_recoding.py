"""Rows in a CRS that is not stored."""

import shapely

from data_service.crs.systems import parse_crs
from data_service.formats import csv, hal
from data_service.formats.placing import MARK, place_table
from data_service.formats.recoding import Recoder, write_ewkt, write_geojson
from data_service.schemas.tables import Field, Table

TABLE = Table(
    "tree",
    (
        Field("id", "integer"),
        Field("place", "Point", crs="EPSG:28992"),
        Field("area", "Polygon", crs="EPSG:28992"),
    ),
)
POINT = '{"type":"Point","coordinates":[121000,487000,5]}'
SQUARE = shapely.box(121000, 487000, 121001, 487001)


def coded(number, code):
    return f"{MARK}{number}:{code.hex()}"


def test_it_takes_what_is_stored():
    placement = place_table(TABLE, parse_crs("EPSG:28992"))

    assert placement.added == ()
    assert placement.table.by_id["area"].wkt_column == "area__ewkt"
    assert placement.table.by_id["area"].crs84_column == "area"


def test_it_renames_the_system_of_the_same_numbers():
    placement = place_table(TABLE, parse_crs("EPSG:7415"))
    added = [column.as_string(None) for column in placement.added]

    assert placement.table.by_id["area"].crs84_column == "area"
    assert len(added) == 2
    ewkt = "'SRID=7415;' || split_part(\"t\".\"area__ewkt\", ';', 2)"
    assert added[1] == f'{ewkt} AS "area__as_ewkt"'


def test_it_takes_stored_degrees_for_json():
    placement = place_table(TABLE, parse_crs("CRS84"))
    field = placement.table.by_id["area"]

    assert field.column == field.crs84_column == "area__crs84"
    assert field.wkt_column == "area__as_ewkt"


def test_it_adds_columns_for_other_systems():
    placement = place_table(TABLE, parse_crs("urn:ogc:def:crs:EPSG::4326"))
    added = " ".join(column.as_string(None) for column in placement.added)
    fields = placement.table.fields

    assert placement.coded == ("EPSG:28992", "EPSG:28992")
    assert 'encode("t"."area__wkb", \'hex\')' in added
    assert '"t"."place"::text' in added
    selected = csv.select_list(placement.table, fields=fields).as_string(None)
    assert '"r"."area__as_ewkt"' in selected
    assert '"r"."place__as"' in hal.row_expression(placement.table).as_string(None)


def test_it_replaces_code_by_geojson():
    recoder = Recoder(parse_crs("EPSG:3857"), ("EPSG:28992",) * 2, write_geojson)
    area = coded(1, shapely.to_wkb(SQUARE))
    text = f'{{"place":"{coded(0, POINT.encode())}","area":"{area}","x":1}}'

    written = recoder.recode(text.encode()).decode()

    assert '"place":{"type":"Point","coordinates":[544126.' in written
    assert ',5.0]},"area":{"type":"Polygon"' in written
    assert written.endswith(',"x":1}')


def test_it_replaces_code_by_cells():
    crs = parse_crs("urn:ogc:def:crs:EPSG::4326")
    recoder = Recoder(crs, ("EPSG:28992",), write_ewkt)
    rows = [
        f"1,{coded(0, POINT.encode())}".encode(),
        b"2,",
        memoryview(f"3,{coded(0, b'{' + POINT.encode()[1:])}".encode()),
    ]

    written = recoder.recode_rows(rows)

    assert written[0].startswith(b'1,"SRID=4326;POINT Z (52.36982')
    assert written[1] == b"2,"
    assert len(written) == 3


def test_it_quotes_cells():
    recoder = Recoder(parse_crs("CRS84"), ("EPSG:28992",), write_ewkt)

    (row,) = recoder.recode_rows([coded(0, shapely.to_wkb(SQUARE)).encode()])

    assert row.startswith(b'"SRID=4326;POLYGON ((')
    assert row.endswith(b'))"')


def test_it_leaves_other_text_alone():
    recoder = Recoder(parse_crs("EPSG:3857"), ("CRS84",), write_geojson)

    assert recoder.recode(b'{"a":1}') == b'{"a":1}'
    assert recoder.recode_rows([]) == []
