"""Rows in another reference system: Accept-Crs, Content-Crs, and the order of axes."""

import csv
import io
import json

import pytest

from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"
RD = (121001.0, 487000.0)
DEGREES = (4.887985, 52.369826)
MERCATOR = (544128.05, 6867272.98)


def body_of(response):
    assert response.status_code == 200
    return (
        b"".join(response.streaming_content) if response.streaming else response.content
    )


def coordinates_of(response):
    return json.loads(body_of(response))["_embedded"]["tree"][0]["geom"]["coordinates"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("EPSG:28992", RD),
        ("epsg:7415", RD),
        ("EPSG:4326", DEGREES),
        ("CRS84", DEGREES),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", DEGREES),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", DEGREES),
        ("EPSG:4258", DEGREES),
        ("urn:ogc:def:crs:EPSG::4326", DEGREES[::-1]),
        ("urn:ogc:def:crs:EPSG::4258", DEGREES[::-1]),
        ("https://www.opengis.net/def/crs/EPSG/0/4326", DEGREES[::-1]),
        ("EPSG:3857", MERCATOR),
        ("<http://www.opengis.net/def/crs/EPSG/0/3857>", MERCATOR),
    ],
)
def test_it_gives_rows_in_the_crs_and_order_asked_for(get, name, expected):
    response = get(URL, accept_crs=name)

    assert coordinates_of(response) == pytest.approx(expected, abs=0.01, rel=1e-7)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "<http://www.opengis.net/def/crs/EPSG/0/28992>"),
        ("EPSG:4326", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG:9.9.1:4326", "urn:ogc:def:crs:EPSG::4326"),
        (
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            "<http://www.opengis.net/def/crs/EPSG/0/4326>",
        ),
        ("CRS84", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"),
    ],
)
def test_it_tells_the_crs_in_the_form_asked_for(get, asked, told):
    assert get(URL, accept_crs=asked)["Content-Crs"] == told


@pytest.mark.parametrize("name", ["EPSG:2000", "nonsense", "EPSG:", "urn:x", "4326"])
@pytest.mark.parametrize("path", [URL, f"{URL}/1", f"{URL}?_format=csv"])
def test_it_refuses_an_unknown_crs(get, path, name):
    assert_problem(get(path, accept_crs=name), 406, in_detail="EPSG:28992")


def test_it_gives_the_same_row_alone(get):
    listed = json.loads(body_of(get(URL, accept_crs="EPSG:3857")))
    single = json.loads(body_of(get(f"{URL}/1", accept_crs="EPSG:3857")))

    assert single["geom"] == listed["_embedded"]["tree"][0]["geom"]


def test_it_leaves_the_rest_of_a_row_alone(get):
    usual = json.loads(body_of(get(URL)))["_embedded"]["tree"]
    moved = json.loads(body_of(get(URL, accept_crs="EPSG:3857")))["_embedded"]["tree"]

    assert moved[3]["geom"] is None
    for row in (*usual, *moved):
        del row["geom"]
    assert usual == moved


@pytest.mark.parametrize("page", ["", "&_pageSize=2&page=1"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("EPSG:28992", "SRID=28992;POINT (121001 487000)"),
        ("CRS84", "SRID=4326;POINT (4.88798"),
        ("urn:ogc:def:crs:EPSG::4326", "SRID=4326;POINT (52.36982"),
        ("EPSG:3857", "SRID=3857;POINT (544128."),
    ],
)
def test_it_gives_csv_in_a_crs(get, name, expected, separator, page):
    url = f"{URL}?_format=csv&_csv_separator={separator}{page}"
    text = body_of(get(url, accept_crs=name)).decode()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=separator))

    assert rows[0]["geom"].startswith(expected)
    assert rows[0]["name"] == "Oak"


@pytest.mark.parametrize("page", ["", "&_pageSize=2&page=1"])
def test_it_gives_lines_of_json_in_a_crs(get, page):
    listed = json.loads(body_of(get(URL, accept_crs="EPSG:3857")))
    response = get(f"{URL}?_format=ndjson{page}", accept_crs="EPSG:3857")
    lines = body_of(response).splitlines()

    assert json.loads(lines[0])["geom"] == listed["_embedded"]["tree"][0]["geom"]
    assert response["Content-Crs"] == "EPSG:3857"
    assert response["Vary"] == "Accept, Accept-Encoding, Accept-Crs"


@pytest.mark.parametrize("page", ["", "&_pageSize=4"])
@pytest.mark.parametrize(
    ("name", "expected", "member"),
    [
        ("", DEGREES, "urn:ogc:def:crs:OGC:1.3:CRS84"),
        ("EPSG:4326", DEGREES, "urn:ogc:def:crs:OGC:1.3:CRS84"),
        ("urn:ogc:def:crs:EPSG::4326", DEGREES, "urn:ogc:def:crs:OGC:1.3:CRS84"),
        ("urn:ogc:def:crs:EPSG::4258", DEGREES, "urn:ogc:def:crs:EPSG::4258"),
        ("EPSG:28992", RD, "urn:ogc:def:crs:EPSG::28992"),
        ("EPSG:3857", MERCATOR, "urn:ogc:def:crs:EPSG::3857"),
    ],
)
def test_it_gives_geojson_with_the_easting_first(get, name, expected, member, page):
    body = json.loads(body_of(get(f"{URL}?_format=geojson{page}", accept_crs=name)))

    assert body["crs"]["properties"]["name"] == member
    first = body["features"][0]["geometry"]["coordinates"]
    assert first == pytest.approx(expected, abs=0.01, rel=1e-7)
    assert body["features"][3]["geometry"] is None


def test_it_gives_an_empty_collection_in_any_crs(get):
    path = f"{URL}?_format=geojson&name=nothing"
    body = json.loads(body_of(get(path, accept_crs="EPSG:3857")))

    assert body["features"] == []


def test_it_shows_a_subset_of_the_fields_in_a_crs(get):
    response = get(f"{URL}?_fields=geom,id&_pageSize=1", accept_crs="EPSG:3857")

    assert coordinates_of(response) == pytest.approx(MERCATOR, abs=0.1)


def test_it_tells_answers_in_different_systems_apart(get):
    names = ("", "CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "EPSG:3857")
    tags = [get(URL, accept_crs=name)["ETag"] for name in names]

    assert len(set(tags)) == len(names)
    response = get(URL, accept_crs="CRS84", if_none_match=tags[1])
    assert response.status_code == 304
    assert response["Vary"] == "Accept, Accept-Encoding, Accept-Crs"
