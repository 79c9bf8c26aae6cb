"""The contract with clients of dso-api, case by case, as requests and what they find.

The numbers are those of the list of cases that the contract was written down with;
what is missing needs relations, time slices, tiles or scopes, which are to come. Cases
of `x` are those that dso-api does not try itself; the cancelled stream among them is in
test_live.py. What is answered otherwise on purpose stands in docs/differences.md.
"""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote

import pytest
from conftest import publish_tree_rows, remove_published
from openapi_spec_validator import validate

from data_service.schemas.tables import Dataset, Field, Table
from shared.testing.assertions import assert_problem

TREE = Table(
    "tree",
    (
        Field("id", "integer", required=True),
        Field("name", "string", title="Name"),
        Field("note", "string"),
        Field("height", "number"),
        Field("count", "integer"),
        Field("planted", "string/date"),
        Field("seen", "string/date-time"),
        Field("alive", "boolean"),
        Field("tags", "array of string"),
        Field("regimes", "object/json"),
        Field("geom", "Point", crs="EPSG:28992"),
        Field("districtId", "string"),
    ),
    display="name",
)
SEED = Dataset("trees", (TREE,), license="CC0-1.0")
POINT = {"type": "Point", "coordinates": [121000.0, 487000.0]}
ROWS = (
    {"id": 1, "name": "Oak", "note": "x", "planted": "2020-02-01", "alive": True}
    | {"seen": "2020-02-01T12:00:00Z", "tags": ["a", "b"], "districtId": "D1"}
    | {"regimes": [{"days": ["ma", "di"], "from": "08:00"}], "geometry": POINT},
    {"id": 2, "name": "oAK", "note": "", "planted": "2020-03-01", "alive": False}
    | {"seen": "2020-03-01T20:30:00Z", "tags": ["b", "a"], "districtId": "D1"},
    {"id": 3, "name": "Elm?", "height": 2.5, "count": -1, "alive": True},
    {"id": 4, "name": "Pine_%"},
)
URL = "/v1/trees/tree"
RD = {"accept_crs": "EPSG:28992"}
NO_AREA = "POLYGON((119814 485931,120000 485931,120000 486000,119814 485931))"
EVERYTHING = [1, 2, 3, 4]


@pytest.fixture(scope="module")
def module_published(django_db_setup, django_db_blocker, tmp_path_factory):
    """Publish the seed of the cases, in the place of the usual trees."""
    with django_db_blocker.unblock():
        remove_published()
        yield publish_tree_rows(tmp_path_factory.mktemp("cases"), ROWS, SEED)
        remove_published()


FOUND = [
    (6, "name=oak", [1, 2]),
    (7, "name[like]=o?k", [1, 2]),
    (7, "name[like]=O*", [1, 2]),
    (8, "name=Elm?", [3]),
    (8, "name[like]=Elm?", [3]),
    (9, "name[like]=Pine_%25*", [4]),
    (10, "name[in]=Oak,Elm?", [1, 3]),
    (11, "planted=2020-02-01", [1]),
    (11, "seen=2020-02-01", [1]),
    (13, "planted[lt]=2020-3-1", [1]),
    (13, "planted[lte]=2020-3-1", [1, 2]),
    (14, "seen[lt]=2020-3-1T23:00:00", [1, 2]),
    (15, "planted[in]=2020-2-1,2022-5-5", [1]),
    (16, "planted[not]=2020-2-1&planted[not]=2020-3-1", [3, 4]),
    (17, "note[not]=x", [2, 3, 4]),
    (18, "alive=true", [1, 3]),
    (18, "alive[isnull]=true", [4]),
    (19, "note[isempty]=true", [2, 3, 4]),
    (19, "note[isempty]=false", [1]),
    (20, "tags=a,b", [1]),
    (20, "tags=b,a", [2]),
    (20, "tags[contains]=B,a", [1, 2]),
    (21, "tags[contains]=a,foo", []),
    (22, "count[gte]=6", []),
    (23, "height[gt]=-1", [3]),
    (33, "_sort=-name", [4, 2, 1, 3]),
    (36, "_count=true", EVERYTHING),
    ("x", "name[in]=Oak,,Elm?", [1, 3]),
    ("x", "name=oak&name=elm?", []),
    ("x", "name=%C3%A9%F0%9F%8C%B3", []),
    ("x", "height=1e3", []),
    ("x", "name=';DROP TABLE rows.t1;--", []),
    ("x", "name[like]=%25' OR '1'='1", []),
]
REFUSED = [
    (1, "nonexistent=x", "nonexistent", "Field 'nonexistent' does not exist"),
    (2, "name.foo=x", "name.foo", "does not exist"),
    (3, "regimes=x", "regimes", "unknown for 'regimes'"),
    (4, "name[", "name[", "malformed name"),
    (4, "name[exact", "name[exact", "malformed name"),
    (4, "nameexact]", "nameexact]", "malformed name"),
    (5, "district_id=D1", "district_id", "does not exist"),
    (5, "_sort=district_id", "_sort", "does not exist"),
    (12, "seen=2020-01-fubar", "seen", "not accepted"),
    (18, "alive=maybe", "alive", "not accepted"),
    (22, "height[lt]=abc", "height[lt]", "not accepted"),
    (24, "name[gt]=a", "name[gt]", "operator 'gt' unknown"),
    (33, "_sort=foo", "_sort", "does not exist"),
    (34, "_fields=name,-id", "_fields", "not accepted"),
    (34, "_fields=foo", "_fields", "does not exist"),
    (36, "_count=1", "_count", "not accepted"),
    (37, "page=0", "page", "not accepted"),
    (39, "_format=xxx", "_format", "not accepted"),
    ("x", "height=NaN", "height", "not accepted"),
    ("x", "page=1e1", "page", "not accepted"),
    ("x", "_pageSize=99999999999", "_pageSize", "not accepted"),
    ("x", f"name={'x' * 10_000}", "name", "not accepted"),
    ("x", "name=%00", "query", "not text"),
    ("x", "name=%FF", "query", "not text"),
]
PLACES = [
    (25, {**RD, "value": "121000,487000,1000"}, [1]),
    (25, {"accept_crs": "", "value": "4.88797,52.36982,1000"}, [1]),
]
CRS = [
    (30, "urn:ogc:def:crs:EPSG::4326", (52.37, 4.888)),
    (30, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", (4.888, 52.37)),
    (30, "EPSG:4326", (4.888, 52.37)),
]


def case(row):
    return f"{row[0]}-{row[1]}"[:60]


@pytest.mark.parametrize("row", FOUND, ids=case)
def test_it_finds(ids, row):
    _, query, expected = row

    assert ids(query) == expected


@pytest.mark.parametrize("row", REFUSED, ids=case)
def test_it_refuses(refused, row):
    _, query, name, reason = row

    assert reason in refused(query)[name]["reason"]


@pytest.mark.parametrize("row", PLACES, ids=lambda row: f"{row[0]}-{row[1]['value']}")
def test_it_finds_places(get, row):
    _, asked, expected = row

    body = get(f"{URL}?geom[within]={asked['value']}", accept_crs=asked["accept_crs"])

    assert [r["id"] for r in body.json()["_embedded"]["tree"]] == expected


@pytest.mark.parametrize(
    ("query", "crs", "code", "told"),
    [
        ("geom[within]=121000,487000", "EPSG:28992", "invalid", "x,y,d or POINT("),
        ("geom[intersects]=52.388231,48897865", "EPSG:4326", "invalid_crs", ""),
        (f"geom[intersects]={quote(NO_AREA)}", "", "invalid_crs", "Accept-Crs"),
    ],
    ids=["26", "27", "28"],
)
def test_it_refuses_places(get, query, crs, code, told):
    response = get(f"{URL}?{query}", accept_crs=crs)

    assert_problem(response, 400, name=query.partition("=")[0])
    (fault,) = response.json()["invalid-params"]
    assert fault["type"].endswith(f":{code}")
    assert told in fault["accepted"]


@pytest.mark.parametrize("crs", ["EPSG:2000", "nonsense"])
def test_it_refuses_a_crs_case_29(get, crs):
    assert_problem(get(URL, accept_crs=crs), 406)


@pytest.mark.parametrize("row", CRS, ids=case)
def test_it_turns_the_axes(get, row):
    _, name, expected = row
    response = get(f"{URL}/1", accept_crs=name)

    place = response.json()["geom"]["coordinates"]
    assert place == pytest.approx(expected, abs=0.001)
    assert response["Content-Crs"].strip("<>") == name


def test_it_tells_the_whole_problem_case_12(get):
    body = get(f"{URL}?seen=2020-01-fubar").json()

    assert body["type"] == "urn:apiexception:invalid"
    assert (body["title"], body["status"]) == ("Invalid input.", 400)
    assert set(body["invalid-params"][0]) >= {"type", "name", "reason"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("_fields=name", {"_links", "name"}),
        ("_fields=-name", {"_links", *(f.id for f in TREE.fields)} - {"name"}),
    ],
)
def test_it_chooses_fields_case_34(get, query, names):
    (row, *_) = get(f"{URL}?{query}").json()["_embedded"]["tree"]

    assert set(row) == names


def test_it_counts_case_36(get):
    plain, counted = get(URL), get(f"{URL}?_count=true")

    assert counted.json()["page"] == {
        **plain.json()["page"],
        "totalElements": 4,
        "totalPages": 1,
    }
    assert (counted["X-Total-Count"], counted["X-Pagination-Count"]) == ("4", "1")
    assert "X-Total-Count" not in plain


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=2", 404),
        ("name=nothing&page=1", 200),
        ("page=101&_pageSize=1", 404),
        ("page=0", 400),
    ],
)
def test_it_has_pages_case_37(get, query, status):
    assert get(f"{URL}?{query}").status_code == status


@pytest.mark.parametrize("order", ["", "&_sort=alive", "&_sort=-districtId,note"])
def test_it_gives_each_row_once_case_38(get, order):
    """Also in an order with ties, which dso-api does not try."""
    pages = [get(f"{URL}?_pageSize=2&page={n}{order}").json() for n in (1, 2)]

    seen = [row["id"] for page in pages for row in page["_embedded"]["tree"]]
    assert sorted(seen) == EVERYTHING


@pytest.mark.parametrize(
    ("options", "first", "lines"),
    [
        ("", "id,name,note", 5),
        ("&_csv_header=none", "1,Oak,x", 4),
        ("&_csv_header=titles", "id,Name,note", 5),
        ("&_csv_separator=;", "id;name;note", 5),
        ("&name=nothing", "id,name,note", 1),
    ],
)
def test_it_writes_csv_case_40(get, options, first, lines):
    response = get(f"{URL}?_format=csv{options}")
    text = response.getvalue().decode()

    assert text.startswith(first)
    assert text.count("\r\n") == lines
    assert "X-Pagination-Page" not in response


def test_it_writes_ewkt_case_40(get):
    text = get(f"{URL}?_format=csv").getvalue().decode()

    (row, *_) = csv.DictReader(io.StringIO(text))
    assert row["geom"] == "SRID=28992;POINT (121000 487000)"
    assert row["tags"] == "a,b"


@pytest.mark.parametrize(
    ("query", "crs", "count"), [("&name=nothing", "", 0), ("", "EPSG:4326", 4)]
)
def test_it_writes_geojson_case_41(get, query, crs, count):
    response = get(f"{URL}?_format=geojson{query}", accept_crs=crs)
    body = json.loads(response.getvalue())

    assert body["crs"]["properties"]["name"] == "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert len(body["features"]) == count
    if count:
        place = body["features"][0]["geometry"]["coordinates"]
        assert place == pytest.approx([4.888, 52.37], abs=0.001)


@pytest.mark.parametrize("format_", ["", "?_format=csv", "?_format=geojson"])
def test_it_has_no_other_row_case_42(get, format_):
    assert_problem(get(f"{URL}/999{format_}"), 404)


def test_it_writes_one_row_as_csv_case_42(get):
    text = get(f"{URL}/1?_format=csv").getvalue().decode()

    assert [line[:6] for line in text.split("\r\n")] == ["id,nam", "1,Oak,", ""]


def test_it_describes_itself_case_50(get):
    response = get("/v1/trees/openapi.json")

    assert "vnd.oai" in response["Content-Type"]
    validate(response.json())
    paths = {p for p in response.json()["paths"] if not p.startswith(("/_", "/open"))}
    assert paths == {"/tree", "/tree/{id}"}


@pytest.mark.parametrize("path", [URL, f"{URL}/1", f"{URL}?_format=csv"])
def test_it_answers_head_case_x(client, module_published, path):
    head = client.head(path)

    assert head.status_code == 200
    assert head.getvalue() == b""


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"accept": "image/png"}, 406), ({"authorization": "Bearer nonsense"}, 401)],
)
def test_it_refuses_headers_case_x(get, headers, status):
    path = URL if status == 406 else "/control/v1/imports"

    assert_problem(get(path, **headers), status)
