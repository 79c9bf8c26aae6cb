"""Pages and whole tables as CSV and GeoJSON."""

import csv
import io
import json
import time

import pytest
from psycopg.errors import QueryCanceled

from data_service.api import exports
from data_service.querying.connections import open_connection
from data_service.querying.copying import SilentServerError
from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"
NOON, EVENING = "2020-02-01T12:00:00+00:00", "2020-03-01T21:30:00+00:00"
HEADER = "id,name,note,height,count,planted,seen,alive,tags,geom"


def body_of(response):
    assert response.status_code == 200
    return (
        b"".join(response.streaming_content)
        if response.streaming
        else (response.content)
    )


def test_it_streams_the_whole_table_as_csv(get):
    lines = body_of(get(f"{URL}?_format=csv")).decode().split("\r\n")

    geometry = "SRID=28992;POINT (12100{} 487000)"
    assert lines == [
        HEADER,
        f'1,Oak,x,12.5,5,2020-02-01,{NOON},true,"a,b",{geometry.format(1)}',
        f'2,oAK,"",,,2020-03-01,{EVENING},false,"b,a",{geometry.format(2)}',
        f'3,Elm?,,2.5,-1,2021-05-05,,true,"",{geometry.format(3)}',
        "4,Pine_%,,,,2022-05-05,,,,",
        "",
    ]


def test_it_gives_the_same_csv_in_pages(get):
    pages = [body_of(get(f"{URL}?_format=csv&_pageSize=2&page={n}")) for n in (1, 2)]
    whole = body_of(get(f"{URL}?_format=csv"))

    header = f"{HEADER}\r\n".encode()
    assert pages[0] + pages[1].removeprefix(header) == whole


@pytest.mark.parametrize("name", ["csv", "geojson", "ndjson"])
def test_it_names_the_file(get, name):
    response = get(f"{URL}?_format={name}")

    named = f'attachment; filename="trees-tree.{name}"'
    assert response["Content-Disposition"] == named
    assert "X-Pagination-Page" not in response


@pytest.mark.parametrize("path", [f"{URL}?page=1&", f"{URL}/1?"])
def test_it_shows_what_is_no_export_in_the_browser(get, path):
    response = get(f"{path}_format=geojson")

    assert response.status_code == 200
    assert "Content-Disposition" not in response


@pytest.mark.parametrize("page", ["", "&_pageSize=1000"])
@pytest.mark.parametrize(
    "field", ["note", "count", "height", "alive", "seen", "tags", "geom"]
)
@pytest.mark.parametrize("system", [{}, {"Accept-Crs": "EPSG:3857"}])
def test_it_gives_no_blank_line_for_a_row_of_csv(get, field, page, system):
    query = f"{URL}?_format=csv{page}"
    alone = body_of(get(f"{query}&_fields={field}", **system)).decode()
    among = body_of(get(f"{query}&_fields={field},id", **system)).decode()

    assert "" not in alone.split("\r\n")[:-1]
    expected = [row[0] for row in csv.reader(io.StringIO(among))]
    assert [row[0] for row in csv.reader(io.StringIO(alone))] == expected
    assert "" in expected


def test_it_gives_a_page_of_csv_its_headers(get):
    response = get(f"{URL}?_format=csv&_pageSize=1&page=2")

    assert response["X-Pagination-Page"] == "2"
    assert "page=3" in response["Link"]


@pytest.mark.parametrize("page", ["", "&_pageSize=5"])
def test_it_gives_the_header_of_nothing(get, page):
    text = body_of(get(f"{URL}?_format=csv&name=nothing{page}"))

    assert text == f"{HEADER}\r\n".encode()


def test_it_orders_the_columns_as_asked(get):
    text = body_of(get(f"{URL}?_format=csv&_fields=name,id&_sort=-id")).decode()
    rows = list(csv.reader(io.StringIO(text)))

    assert rows[:2] == [["name", "id"], ["Pine_%", "4"]]


def test_it_streams_the_whole_table_as_geojson(get):
    body = json.loads(body_of(get(f"{URL}?_format=geojson")))

    assert body["type"] == "FeatureCollection"
    assert body["crs"]["properties"]["name"] == "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert [feature["id"] for feature in body["features"]] == [
        f"tree.{n}" for n in (1, 2, 3, 4)
    ]
    assert body["features"][3]["geometry"] is None


def test_it_gives_the_same_features_in_pages(get):
    page = json.loads(body_of(get(f"{URL}?_format=geojson&_pageSize=4")))
    whole = json.loads(body_of(get(f"{URL}?_format=geojson")))

    assert page["features"] == whole["features"]
    assert [link["rel"] for link in page["_links"]] == ["self"]


def test_it_gives_geometries_in_degrees(get):
    feature = body_of(get(f"{URL}?_format=geojson&_fields=geom"))

    longitude, latitude = json.loads(feature)["features"][0]["geometry"]["coordinates"]
    assert longitude == pytest.approx(4.888, abs=0.001)
    assert latitude == pytest.approx(52.37, abs=0.001)


@pytest.mark.parametrize("page", ["", "&_pageSize=5"])
def test_it_gives_a_collection_of_nothing(get, page):
    body = json.loads(body_of(get(f"{URL}?_format=geojson&name=nothing{page}")))

    assert body["features"] == []


def test_it_has_a_cap_on_exports_at_once(get, settings):
    settings.EXPORTS_AT_ONCE = 1
    first = get(f"{URL}?_format=csv")

    second = get(f"{URL}?_format=csv")

    assert_problem(second, 503, in_detail="exports")
    assert second["Retry-After"] == "10"
    first.close()
    assert soon(lambda: get(f"{URL}?_format=csv").status_code == 200)


def test_it_gives_the_place_of_a_finished_export_back(get, settings):
    settings.EXPORTS_AT_ONCE = 1

    for _ in range(3):
        assert body_of(get(f"{URL}?_format=csv"))


def test_it_gives_the_place_of_a_failed_export_back(get, settings, monkeypatch):
    settings.EXPORTS_AT_ONCE = 1
    monkeypatch.setattr("data_service.api.exports.copy_all", _broken)

    for _ in range(3):
        assert_problem(get(f"{URL}?_format=csv"), 503)


def test_it_is_unavailable_when_an_export_is_silent(get, monkeypatch):
    def copy_nothing(*_arguments, **_options):
        raise SilentServerError
        yield

    monkeypatch.setattr(exports, "copy_rows", copy_nothing)

    assert_problem(get(f"{URL}?_format=csv"), 503, in_detail="too long to begin")


def test_it_ends_the_statement_of_an_export(monkeypatch, module_published):
    monkeypatch.setattr("data_service.api.exports.LONGEST_SECONDS", 0.05)

    with exports._open() as connection, pytest.raises(QueryCanceled):
        connection.execute("SELECT pg_sleep(5)")


def soon(condition):
    """Wait until the server has noticed that a client is gone."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def _broken(*_arguments):
    with open_connection(statement_timeout=1, name="test") as connection:
        connection.execute("SELECT pg_sleep(5)")
