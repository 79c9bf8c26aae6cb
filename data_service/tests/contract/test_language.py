"""What else a client of dso-api says: aliases, headers, options of CSV."""

import pytest
from psycopg.errors import QueryCanceled

from data_service.querying import rows
from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"


def ids_of(response):
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["_embedded"]["tree"]]


def body_of(response):
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("page_size=2", "_pageSize=2"),
        ("sorteer=-name", "_sort=-name"),
        ("fields=name,id", "_fields=name,id"),
        ("format=geojson&page=1", "_format=geojson&page=1"),
    ],
)
def test_it_takes_other_names_of_parameters(get, alias, name):
    rows_of_alias, rows_of_name = (
        body_of(get(f"{URL}?{query}")).partition(b'"_links":{"self":{"href"')[0]
        for query in (alias, name)
    )

    assert rows_of_alias.split(b'],"_links"')[0] == rows_of_name.split(b'],"_links"')[0]


def test_it_takes_other_names_for_one_row(get):
    assert body_of(get(f"{URL}/1?format=csv&fields=id")) == b"id\r\n1\r\n"


@pytest.mark.parametrize(
    ("headers", "query", "found"),
    [
        ({"DSO-name": "oak"}, "", [1, 2]),
        ({"DSO-name|in": '"Oak","Elm?"'}, "", [1, 3]),
        ({"DSO-id|gt": "2"}, "?id[gt]=0&id[lt]=4", [3]),
        ({"DSO-name": "oak", "DSO-id": "2"}, "?name=elm?", [2]),
        ({"DSO-note|isnull": "1"}, "?note[isnull]=x", [3, 4]),
    ],
)
def test_it_filters_by_headers(get, headers, query, found):
    assert ids_of(get(f"{URL}{query}", **headers)) == found


@pytest.mark.parametrize(
    ("header", "name"),
    [("DSO-nothing", "nothing"), ("DSO-id", "id"), ("DSO-name|lik", "name[lik]")],
)
def test_it_refuses_headers_that_do_not_filter(get, header, name):
    response = get(f"{URL}?page=0", **{header: "x"})

    assert_problem(response, 400, name=name)
    faults = response.json()["invalid-params"]
    assert {f["name"]: f["in"] for f in faults} == {"page": "query", name: "header"}


def test_it_refuses_filters_in_headers_for_one_row(get):
    problem = assert_problem(
        get(f"{URL}/1?nope=1", **{"DSO-name": "oak", "DSO-fields": "id"}), 400
    )

    found = [(f["name"], f["in"]) for f in problem["invalid-params"]]
    assert found == [("nope", "query"), ("fields", "header"), ("name", "header")]


def test_it_keeps_answers_to_headers_apart(get):
    plain, filtered = get(URL), get(URL, **{"DSO-name|like": "o*"})

    assert plain["ETag"] != filtered["ETag"]
    assert plain["Vary"] == "Accept, Accept-Encoding, Accept-Crs"
    assert filtered["Vary"] == "Accept, Accept-Encoding, Accept-Crs, DSO-name|like"
    assert filtered["Cache-Control"] == "private, no-cache"
    assert ids_of(get(URL, if_none_match=plain["ETag"], **{"DSO-name": "oak"}))


def test_it_gives_no_value_of_a_header_away(get):
    body = get(f"{URL}?_pageSize=1", **{"DSO-name": "oak"}).json()

    assert "oak" not in str(body["_links"])


@pytest.mark.parametrize("page", ["", "&_pageSize=9"])
@pytest.mark.parametrize(
    ("options", "text"),
    [
        ("_csv_header=id", b"id,name,tags\r\n1,Oak,"),
        ("_csv_header=titles", b"id,Name,tags\r\n1,Oak,"),
        ("_csv_header=none", b"1,Oak,"),
        ("_csv_separator=;", b"id;name;tags\r\n1;Oak;a,b\r\n"),
        ("_csv_separator=%09&_csv_header=none", b"1\tOak\ta,b\r\n"),
    ],
)
def test_it_writes_csv_as_asked(get, options, text, page):
    url = f"{URL}?_format=csv&_fields=id,name,tags&{options}{page}"

    assert body_of(get(url)).startswith(text)


@pytest.mark.parametrize("page", ["", "&_pageSize=9"])
@pytest.mark.parametrize(
    ("header", "text"), [("none", b""), ("titles", b"Name\r\n"), ("id", b"name\r\n")]
)
def test_it_writes_csv_of_nothing(get, header, text, page):
    url = f"{URL}?_format=csv&_fields=name&name=nothing&_csv_header={header}{page}"

    assert body_of(get(url)) == text


@pytest.mark.parametrize(
    ("query", "helps"),
    [
        ("name[like]=*k", "pattern of name[like] begin"),
        ("name[not]=a", "filter beside name[not]"),
        ("name=a&_count=true", "Leave _count out"),
        ("name=a&page=9", "Follow the links"),
        ("name=a", "fewer rows fit"),
    ],
)
def test_it_says_what_would_help_when_it_takes_too_long(get, monkeypatch, query, helps):
    def cancel(*_arguments):
        raise QueryCanceled

    monkeypatch.setattr(rows, "find_first", cancel)

    response = get(f"{URL}?{query}")

    assert_problem(response, 503, in_detail=helps)
    assert response["Retry-After"]


def test_it_reports_every_fault_of_every_kind(refused):
    query = "page=0&_pageSize=x&_sort=a&_fields=b&tags[in]=a&name[=1&a.b=1&count=x&_x=1"

    assert len(refused(query)) == 9
