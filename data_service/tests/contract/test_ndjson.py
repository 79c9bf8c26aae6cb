"""Rows as lines of JSON."""

import json

import pytest

URL = "/v1/trees/tree?_format=ndjson"


def lines_of(response):
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def test_it_gives_the_fields_of_hal_without_links(get):
    rows = get("/v1/trees/tree").json()["_embedded"]["tree"]

    lines = lines_of(get(URL))

    assert lines == [{k: v for k, v in row.items() if k != "_links"} for row in rows]


@pytest.mark.parametrize("page", ["", "&_pageSize=4"])
def test_it_orders_and_chooses(get, page):
    response = get(f"{URL}&_fields=name,id&_sort=-id&id[gt]=2{page}")

    found = [list(line.items()) for line in lines_of(response)]
    assert found == [[("name", "Pine_%"), ("id", 4)], [("name", "Elm?"), ("id", 3)]]


@pytest.mark.parametrize("page", ["", "&_pageSize=4"])
def test_it_gives_no_line_of_nothing(get, page):
    assert lines_of(get(f"{URL}&name=nothing{page}")) == []


def test_it_gives_one_row(get):
    assert lines_of(get("/v1/trees/tree/2?_format=ndjson&_fields=id")) == [{"id": 2}]


def test_it_says_what_it_is(get):
    response = get("/v1/trees/tree", accept="application/x-ndjson")

    assert response["Content-Type"] == "application/x-ndjson"
    assert response["Content-Disposition"].endswith('"trees-tree.ndjson"')
