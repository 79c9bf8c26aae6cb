"""GET /v1/<dataset>/<table>: pages of rows."""

import pytest

from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"
FIELDS = [
    *("id", "name", "note", "height", "count"),
    *("planted", "seen", "alive", "tags", "geom"),
]
PUBLIC = "http://localhost:8000"


def test_it_gives_rows_with_links_and_a_page(get, settings):
    body = get(f"{URL}?_pageSize=2&page=1").json()

    base = settings.PUBLIC_URL + URL
    assert [row["id"] for row in body["_embedded"]["tree"]] == [1, 2]
    assert body["_links"] == {
        "self": {"href": f"{base}?_pageSize=2&page=1"},
        "next": {"href": f"{base}?_pageSize=2&page=2"},
    }
    assert body["page"] == {"number": 1, "size": 2}


def test_it_gives_a_row_as_the_schema_says(get, settings):
    row = get(URL).json()["_embedded"]["tree"][0]

    base = f"{settings.PUBLIC_URL}/v1/trees"
    assert row == {
        "_links": {
            "schema": f"{base}/openapi.json#/components/schemas/tree",
            "self": {"href": f"{base}/tree/1", "title": "Oak", "id": 1},
        },
        "id": 1,
        "name": "Oak",
        "note": "x",
        "height": 12.5,
        "count": 5,
        "planted": "2020-02-01",
        "seen": "2020-02-01T12:00:00+00:00",
        "alive": True,
        "tags": ["a", "b"],
        "geom": {"type": "Point", "coordinates": [121001, 487000]},
    }


def test_it_keeps_the_order_of_the_fields(get):
    row = get(URL).json()["_embedded"]["tree"][0]

    assert list(row) == ["_links", *FIELDS]


def test_it_writes_date_times_in_utc(get):
    rows = get(URL).json()["_embedded"]["tree"]

    assert rows[1]["seen"] == "2020-03-01T21:30:00+00:00"


def test_it_counts_when_asked(get):
    response = get(f"{URL}?_pageSize=3&_count=true&page=2")

    assert response.json()["page"] == {
        "number": 2,
        "size": 3,
        "totalElements": 4,
        "totalPages": 2,
    }
    assert response["X-Total-Count"] == "4"
    assert response["X-Pagination-Count"] == "2"


def test_it_counts_what_a_filter_finds(get):
    response = get(f"{URL}?name=oak&_count=true&_pageSize=1")

    assert response.json()["page"]["totalElements"] == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("name=oak", 2),
        ("name=oak&_pageSize=1&page=2", 2),
        ("name=nothing", 0),
        ("geom[within]=4.88797,52.36982,1000&_pageSize=1", 3),
    ],
)
def test_it_counts_for_nothing_what_is_known(get, monkeypatch, query, count):
    monkeypatch.delattr("data_service.querying.rows.explain_rows")
    monkeypatch.delattr("data_service.querying.rows.count_rows")

    response = get(f"{URL}?{query}&_count=estimate")

    assert response.json()["page"]["totalElements"] == count
    assert response["X-Total-Count"] == str(count)
    assert "X-Estimated-Count" not in response


@pytest.mark.parametrize(
    "query",
    [
        "name=oak",
        "id[gt]=0&_sort=-name",
        "geom[not]=4.88797,52.36982",
        "geom[within]=4.88797,52.36982,1000&id[lt]=9",
    ],
)
def test_it_estimates_without_reading_rows(get, monkeypatch, query):
    monkeypatch.delattr("data_service.querying.rows.count_rows")

    response = get(f"{URL}?{query}&_count=estimate&_pageSize=1")

    page = response.json()["page"]
    assert page["estimatedElements"] >= 2  # the row that is shown, and a next one
    assert response["X-Estimated-Count"] == str(page["estimatedElements"])
    assert "totalElements" not in page
    assert "X-Total-Count" not in response
    assert response["ETag"].startswith("W/")


def test_it_knows_which_share_of_the_rows_a_geometry_is(get):
    near = "geom[within]=4.88797,52.36982,1000"
    query = "id[gt]=0&_count=estimate&_pageSize=1"

    whole = get(f"{URL}?{query}")["X-Estimated-Count"]

    assert get(f"{URL}?{near}&{query}")["X-Estimated-Count"] == str(
        round(int(whole) * 3 / 4)
    )


def test_it_tells_the_page_in_headers(get, settings):
    response = get(f"{URL}?_pageSize=1&page=2")

    url = f"{settings.PUBLIC_URL}{URL}?_pageSize=1&page="
    assert response["X-Pagination-Page"] == "2"
    assert response["X-Pagination-Limit"] == "1"
    assert "X-Total-Count" not in response
    assert response["Link"] == f'<{url}3>; rel="next", <{url}1>; rel="prev"'


@pytest.mark.parametrize("query", ["", "&_sort=-name", "&id[gt]=0", "&_format=geojson"])
def test_it_gives_each_row_once_over_all_pages(get, query):
    url, seen = f"{URL}?_pageSize=1{query}", []
    while url:
        body = get(url.removeprefix(PUBLIC)).json()
        seen += _ids(body)
        url = _next(body)

    assert sorted(seen) == [1, 2, 3, 4]


def _ids(body):
    if "features" in body:
        return [feature["properties"]["id"] for feature in body["features"]]
    return [row["id"] for row in body["_embedded"]["tree"]]


def _next(body):
    links = body["_links"]
    if isinstance(links, list):
        return next((link["href"] for link in links if link["rel"] == "next"), None)
    return links.get("next", {}).get("href")


@pytest.mark.parametrize("query", ["page=5", "page=2&name=oak", "page=1000000000"])
def test_it_has_no_page_past_the_end(get, query):
    assert_problem(get(f"{URL}?{query}"), 404, in_detail="no page")


def test_it_gives_an_empty_first_page(get):
    response = get(f"{URL}?name=nothing&_count=true")

    assert response.status_code == 200
    assert response.json()["_embedded"]["tree"] == []
    assert response.json()["page"]["totalPages"] == 1


@pytest.mark.parametrize("query", ["page=0", "page=abc", "page=1e1", "page=-1"])
def test_it_refuses_a_page_that_cannot_be(get, query):
    assert_problem(get(f"{URL}?{query}"), 400, name="page")


def test_it_refuses_an_endless_page(get):
    assert_problem(get(f"{URL}?_pageSize=1001"), 400, name="_pageSize")


def test_it_keeps_parameters_in_links(get):
    body = get(f"{URL}?name[like]=*&_sort=-id&_pageSize=1").json()

    assert body["_links"]["next"]["href"].endswith(
        "?name%5Blike%5D=*&_sort=-id&_pageSize=1&page=2"
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("_sort=-id", [4, 3, 2, 1]),
        ("_sort=name", [3, 1, 2, 4]),
        ("sorteer=-name", [4, 2, 1, 3]),
        ("_sort=note,-id", [2, 1, 4, 3]),
        ("_sort=-note", [3, 4, 1, 2]),
        ("_sort=alive,-id", [2, 3, 1, 4]),
        ("_sort=-planted", [4, 3, 2, 1]),
    ],
)
def test_it_sorts_and_ends_in_the_identifier(ids, query, found):
    assert ids(query) == found


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("_fields=name", ["_links", "name"]),
        ("_fields=note,id", ["_links", "note", "id"]),
        (
            "_fields=-name,-geom,-tags,-seen",
            ["_links", "id", "note", "height", "count", "planted", "alive"],
        ),
    ],
)
def test_it_shows_the_fields_asked_for(get, query, names):
    row = get(f"{URL}?{query}").json()["_embedded"]["tree"][0]

    assert list(row) == names


def test_it_shows_only_links_without_any_field(get):
    nothing = ",".join(f"-{name}" for name in FIELDS)

    row = get(f"{URL}/1?_fields={nothing}").json()

    assert list(row) == ["_links"]


def test_it_serves_the_version_under_its_name(get, settings):
    row = get("/v1/trees/v1/tree").json()["_embedded"]["tree"][0]

    base = f"{settings.PUBLIC_URL}/v1/trees/v1"
    assert row["_links"]["self"]["href"] == f"{base}/tree/1"


@pytest.mark.parametrize(
    "path",
    [
        f"{URL}/",
        "/v1/trees/",
        "/v1/trees//tree",
        "/v1/trees/v2/tree",
        "/v1/trees/bush",
        "/v1/nothing/tree",
        "/v1/trees/openapi.json/1",
        "/v1/trees/tree/1/2",
        "/v1/trees/tree/%FF",
    ],
)
def test_it_has_nothing_at_other_addresses(get, path):
    assert_problem(get(path), 404)
