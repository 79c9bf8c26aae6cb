"""Filters by geometry, on points in RD."""

import json
from urllib.parse import quote

import pytest

from data_service.querying.geometries.remembering import LOOKUPS
from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"
RD = {"accept_crs": "EPSG:28992"}
SQUARE = (
    "POLYGON((121000 486000,121002 486000,121002 488000,121000 488000,121000 486000))"
)
DONUT = (
    "POLYGON((120000 486000,122000 486000,122000 488500,120000 488000,120000 486000),"
    "(121001.5 486999,121002.5 486999,121002.5 487003,121001.5 486999))"
)
GEOJSON = (
    '{"type":"Polygon","coordinates":'
    "[[[4.88,52.36],[4.9,52.36],[4.9,52.38],[4.88,52.38],[4.88,52.36]]]}"
)


@pytest.fixture
def found(get):
    """Give the identifiers of the trees that a filter finds."""

    def find(name, value, **headers):
        response = get(f"{URL}?{name}={quote(value)}", **headers)
        assert response.status_code == 200, response.content
        return [row["id"] for row in response.json()["_embedded"]["tree"]]

    return find


@pytest.fixture
def fault(get):
    """Give the fault for which a filter is refused."""

    def refuse(name, value, **headers):
        response = get(f"{URL}?{name}={quote(value)}", **headers)
        assert_problem(response, 400, name=name)
        (only,) = response.json()["invalid-params"]
        return only

    return refuse


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("geom[within]", "121000,487000,1000", [1, 2, 3]),
        ("geom[within]", "121000,487000,2", [1, 2]),
        ("geom[within]", "POINT(121000 487000),1", [1]),
        ("geom[within]", "121000,487000,0.999999", []),
        ("geom[within]", "121000,487000,1e6", [1, 2, 3]),
        ("geom[intersects]", "121001,487000", [1]),
        ("geom[intersects]", "POINT(121002 487000)", [2]),
        ("geom[intersects]", "POINT Z (121002 487000 5)", [2]),
        ("geom[intersects]", SQUARE, [1, 2]),
        ("geom[intersects]", DONUT, [1, 3]),
        ("geom[intersects]", f"MULTIPOLYGON({SQUARE[7:]})", [1, 2]),
        ("geom[intersects]", "LINESTRING(121001 487000,121003 487000)", [1, 2, 3]),
        ("geom[intersects]", "MULTIPOINT(121001 487000,121003 487000)", [1, 3]),
        ("geom", "121001,487000", [1]),
        ("geom", "MULTIPOINT(121001 487000)", [1]),
        ("geom[not]", "121001,487000", [2, 3, 4]),
        ("geom[not]", "MULTIPOINT(121001 487000)", [2, 3, 4]),
        ("geom[isnull]", "true", [4]),
        ("geom[isnull]", "false", [1, 2, 3]),
    ],
)
def test_it_finds_points_in_rd(found, name, value, ids):
    assert found(name, value, **RD) == ids


@pytest.mark.parametrize("crs", ["", "EPSG:4326", "CRS84", "EPSG:4258"])
@pytest.mark.parametrize("value", ["4.88797,52.36982,1000", "52.36982,4.88797,1000"])
def test_it_finds_points_in_degrees_in_either_order(found, value, crs):
    assert found("geom[within]", value, accept_crs=crs) == [1, 2, 3]


@pytest.mark.parametrize(
    ("crs", "value"),
    [
        ("", GEOJSON),
        ("", "POLYGON((4.88 52.36,4.9 52.36,4.9 52.38,4.88 52.38,4.88 52.36))"),
        (
            "urn:ogc:def:crs:EPSG::4326",
            "POLYGON((52.36 4.88,52.36 4.9,52.38 4.9,52.38 4.88,52.36 4.88))",
        ),
        (
            "EPSG:3857",
            "POLYGON((544000 6867000,545000 6867000,544000 6868000,544000 6867000))",
        ),
    ],
)
def test_it_reads_areas_in_the_order_of_the_crs(found, crs, value):
    assert found("geom[intersects]", value, accept_crs=crs) == [1, 2, 3]


@pytest.mark.parametrize(
    "value", ["121000,487000", "POINT(121000 487000)", "121000", "a,b,c", "1,2,3,4", ""]
)
def test_it_wants_a_distance(fault, value):
    accepted = fault("geom[within]", value, **RD)["accepted"]

    assert accepted == "Must be x,y,d or POINT(x y),d"


@pytest.mark.parametrize("distance", ["-1", "1e9", "1e999"])
def test_it_wants_a_distance_that_can_be(fault, distance):
    assert "0 to 10000000" in fault("geom[within]", f"5.1,52,{distance}")["accepted"]


@pytest.mark.parametrize(
    ("value", "crs"),
    [
        ("52.388231,48897865", "EPSG:4326"),
        ("52.388231,48897865", ""),
        ("13.4,52.5", ""),
        ("1,2", "EPSG:28992"),
        ("487000,121000", "EPSG:28992"),
        ("0,0", "EPSG:3857"),
        (SQUARE, ""),
        (SQUARE, "EPSG:4258"),
    ],
)
def test_it_refuses_what_cannot_be_in_that_crs(fault, value, crs):
    found = fault("geom[intersects]", value, accept_crs=crs)

    assert found["type"].endswith(":invalid_crs")
    assert "Accept-Crs" in found["accepted"]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("nonsense", "not accepted"),
        ("POLYGON((5 52,6 52))", "not accepted"),
        ("POLYGON((5 52,6 53,6 52,5 53,5 52))", "Self-intersection"),
        ("POINT EMPTY", "not accepted"),
        ("POINT(nan 52)", "no finite number"),
        ("POINT(1e999 52)", "no finite number"),
        ("CIRCULARSTRING(0 0,1 1,2 0)", "curves"),
        ('{"type":"Nothing"}', "not accepted"),
        ("{", "not accepted"),
        ("POINT(5 52)" + " " * 7900, "POINT(5 52)"),
    ],
)
def test_it_refuses_what_is_no_geometry(get, value, told):
    response = get(f"{URL}?geom[intersects]={quote(value)}")

    if response.status_code == 200:
        assert "  " in value  # blanks around a geometry are no fault
        return
    assert told in response.json()["invalid-params"][0]["reason"]


def test_it_lists_every_fault_at_once(get):
    response = get(f"{URL}?geom[within]=1,2&geom[intersects]=x&count=y&geom[like]=z")

    names = [fault["name"] for fault in response.json()["invalid-params"]]
    assert names == ["geom[within]", "geom[intersects]", "count", "geom[like]"]
    accepted = response.json()["invalid-params"][3]["accepted"]
    assert accepted == "isnull, =, not, intersects, within"


@pytest.mark.parametrize("value", [DONUT, "121002,487000,5", SQUARE])
def test_it_pages_counts_sorts_and_exports(get, found, value):
    operator = "within" if value.startswith("1") else "intersects"
    text = f"geom[{operator}]={quote(value)}"
    ids = found(f"geom[{operator}]", value, **RD)

    pages = [
        get(f"{URL}?{text}&_pageSize=1&page={n + 1}", **RD) for n in range(len(ids))
    ]
    counted = get(f"{URL}?{text}&_count=true", **RD).json()
    ordered = get(f"{URL}?{text}&_sort=-id&name[not]=zzz&_count=true", **RD).json()
    export = b"".join(get(f"{URL}?{text}&_format=csv", **RD).streaming_content)

    assert [p.json()["_embedded"]["tree"][0]["id"] for p in pages] == ids
    assert "next" not in pages[-1].json()["_links"]
    assert counted["page"]["totalElements"] == len(ids)
    assert [row["id"] for row in ordered["_embedded"]["tree"]] == ids[::-1]
    assert ordered["page"]["totalElements"] == len(ids)
    assert export.count(b"\r\n") == len(ids) + 1


def test_it_answers_in_the_crs_of_the_question(get):
    body = get(f"{URL}?geom[within]=121001,487000,0.5", accept_crs="EPSG:28992").json()

    assert body["_embedded"]["tree"][0]["geom"] == {
        "type": "Point",
        "coordinates": [121001.0, 487000.0],
    }


def test_it_says_what_would_help_when_it_takes_too_long(get, settings):
    LOOKUPS.memory.clear()
    settings.STATEMENT_TIMEOUT_MS = 0

    response = get(f"{URL}?geom[intersects]={quote(DONUT)}", **RD)

    assert_problem(response, 503, in_detail="smaller area")


def test_it_says_that_others_wait_for_the_same(get, monkeypatch):
    def wait(*_arguments, **_options):
        raise TimeoutError

    monkeypatch.setattr(LOOKUPS, "get", wait)

    response = get(f"{URL}?geom[intersects]={quote(DONUT)}", **RD)

    assert_problem(response, 503, in_detail="Others wait")


def test_it_describes_the_operators(get):
    document = get("/v1/trees/openapi.json").json()
    parameters = {p["name"]: p for p in document["paths"]["/tree"]["get"]["parameters"]}

    assert json.dumps(parameters["geom[within]"]["schema"])
    assert "metres" in parameters["geom[within]"]["description"]
    assert parameters["Accept-Crs"]["in"] == "header"
