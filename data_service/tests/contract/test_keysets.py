"""Pages far from the first one: each begins where another ended."""

from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest

from data_service.models import PhysicalTable
from data_service.querying import keysets
from data_service.querying.compiling import find_page
from data_service.querying.cursors import Cursor, write_cursor
from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"
SORTS = ["id", "-id", "name", "-name", "note", "-note", "alive,-note", "-count,height"]
SORTS += ["-alive,planted", "seen", "-height", "note,-id,name"]
QUERIES = [f"_sort={sort}" for sort in SORTS] + ["id[gt]=0", "note[not]=x&_sort=-note"]
NEAR = "geom[within]=4.888,52.37,5000"
QUERIES += [NEAR, f"{NEAR}&_sort=-name", f"{NEAR}&id[lt]=3", "geom[not]=4,52"]


@pytest.fixture(autouse=True)
def nothing_is_cheap(monkeypatch):
    """Let every link but those of the first page have a cursor."""
    monkeypatch.setattr(keysets, "CHEAP_DEPTH", 0)


def body_of(get, url):
    response = get(url.removeprefix("http://localhost:8000"))
    assert response.status_code == 200, response.content
    return response.json()


def walk(get, url, relation):
    pages = []
    while url:
        body = body_of(get, url)
        pages.append([row["id"] for row in body["_embedded"]["tree"]])
        url = body["_links"].get(relation, {}).get("href")
    return pages


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("query", QUERIES)
def test_it_gives_the_same_rows_as_pages_by_number(get, query, size):
    whole = walk(get, f"{URL}?{query}", "next")[0]

    pages = walk(get, f"{URL}?{query}&_pageSize={size}", "next")

    assert list(chain(*pages)) == whole
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("query", QUERIES)
def test_it_goes_back_the_same_way(get, query):
    forth = walk(get, f"{URL}?{query}&_pageSize=1", "next")
    last = f"{URL}?{query}&_pageSize=1&page={len(forth)}"

    assert walk(get, last, "previous") == forth[::-1]


def test_it_never_skips_rows_on_the_way(get, monkeypatch):
    offsets = []
    monkeypatch.setattr(
        "data_service.querying.rows.find_page",
        lambda source, query: offsets.append(query.page) or find_page(source, query),
    )

    walk(get, f"{URL}?_sort=-name&_pageSize=1", "next")

    assert offsets == [1]


@pytest.mark.parametrize("sort", ["id", "-id"])
def test_it_reads_nothing_of_the_row_where_it_goes_on(get, monkeypatch, sort):
    monkeypatch.delattr("data_service.querying.keysets.find_position")

    pages = walk(get, f"{URL}?_sort={sort}&_pageSize=3", "next")

    assert pages == ([[1, 2, 3], [4]] if sort == "id" else [[4, 3, 2], [1]])


def test_it_knows_the_next_rows_where_all_fit(get, monkeypatch):
    monkeypatch.delattr("data_service.querying.keysets.find_between")

    pages = walk(get, f"{URL}?_sort=id&_pageSize=3", "next")

    assert pages == [[1, 2, 3], [4]]


def test_it_looks_no_further_than_the_page(get, monkeypatch):
    monkeypatch.setattr(keysets, "WINDOWS", (2, 1))
    monkeypatch.delattr("data_service.querying.keysets.find_all_beyond")

    body = body_of(get, f"{URL}?id[gt]=0&_pageSize=2")

    assert [row["id"] for row in body["_embedded"]["tree"]] == [1, 2]
    assert "next" in body["_links"]


def test_it_numbers_the_pages(get):
    first = get(f"{URL}?_sort=name&_pageSize=1&_count=true")
    response = get(next_of(first))

    assert response["X-Pagination-Page"] == "2"
    assert response.json()["page"] == {
        "number": 2,
        "size": 1,
        "totalElements": 4,
        "totalPages": 4,
    }


def next_of(response):
    return response.json()["_links"]["next"]["href"].removeprefix(
        "http://localhost:8000"
    )


def test_it_keeps_the_other_parameters(get):
    url = next_of(get(f"{URL}?_sort=name&page=1&_pageSize=1&name[not]=x"))

    names = parse_qs(urlsplit(url).query)
    assert set(names) == {"_sort", "_pageSize", "name[not]", "_cursor"}


def test_it_links_to_numbers_while_that_is_cheap(get, monkeypatch):
    monkeypatch.setattr(keysets, "CHEAP_DEPTH", 3)

    urls = [get(f"{URL}?_sort=name&_pageSize=1&page={n}") for n in (1, 2, 3)]

    assert ["_cursor" in next_of(url) for url in urls] == [False, False, True]


def test_it_links_to_numbers_where_each_page_costs_the_same(get):
    assert next_of(get(f"{URL}?_pageSize=1&page=2")).endswith("page=3")


@pytest.mark.parametrize("format_", ["csv", "geojson"])
def test_it_gives_pages_in_other_formats(get, format_):
    url = next_of(get(f"{URL}?_sort=-name&_pageSize=2"))

    response = get(f"{url}&_format={format_}")

    assert not response.streaming
    assert b"Oak" in response.content


def test_it_refuses_a_page_and_a_cursor(get):
    url = next_of(get(f"{URL}?_sort=name&_pageSize=1"))

    assert_problem(get(f"{url}&page=1"), 400, name="_cursor")


def test_it_refuses_a_cursor_that_was_changed(get):
    url = next_of(get(f"{URL}?_sort=name&_pageSize=1"))

    assert_problem(get(f"{url[:-1]}{'A' if url[-1] != 'A' else 'B'}"), 400)


def test_it_has_no_page_before_the_first(get):
    physical = PhysicalTable.objects.latest("id")
    before = write_cursor(Cursor(physical.pk, 1, 3, backward=True), "tree")

    assert_problem(get(f"{URL}?id[gt]=0&_cursor={before}"), 404, in_detail="no page")


@pytest.mark.parametrize(("physical", "ordinal"), [(0, 99), (10**9, 1)])
def test_it_tells_that_the_rows_are_gone(get, physical, ordinal):
    latest = PhysicalTable.objects.latest("id").pk
    cursor = write_cursor(Cursor(physical or latest, ordinal, 2), "tree")

    assert_problem(get(f"{URL}?_sort=name&_cursor={cursor}"), 410, in_detail="newer")
