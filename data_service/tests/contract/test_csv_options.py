"""How CSV looks: its first line, and what stands between values."""

import pytest

from data_service.formats.csv import HEADERS, SEPARATORS
from data_service.querying.reserved import CSV_HEADERS, CSV_SEPARATORS
from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree?_format=csv&_fields=id,name,tags"
PAGES = ["", "&_pageSize=5"]


def text_of(response):
    assert response.status_code == 200
    return response.getvalue().decode()


def test_it_offers_what_the_format_has():
    assert set(CSV_HEADERS) == set(HEADERS)
    assert CSV_SEPARATORS == SEPARATORS


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("options", "first"),
    [
        ("", "id,name,tags"),
        ("&_csv_header=id", "id,name,tags"),
        ("&_csv_header=titles", "id,Name,tags"),
        ("&_csv_header=none", '1,Oak,"a,b"'),
        ("&_csv_separator=;", "id;name;tags"),
        ("&_csv_separator=%3B&_csv_header=none", "1;Oak;a,b"),
        ("&_csv_separator=|&_csv_header=titles", "id|Name|tags"),
        ("&_csv_separator=%09&_csv_header=none", "1\tOak\ta,b"),
    ],
)
def test_it_begins_as_asked(get, options, first, page):
    lines = text_of(get(f"{URL}{options}{page}")).split("\r\n")

    assert lines[0] == first
    assert lines[-1] == ""
    assert len(lines) == 5 + ("none" not in options)


@pytest.mark.parametrize("page", PAGES)
def test_it_gives_nothing_of_nothing_without_a_header(get, page):
    assert text_of(get(f"{URL}&_csv_header=none&name=nothing{page}")) == ""


def test_it_takes_the_options_for_one_row(get):
    url = "/v1/trees/tree/1?_format=csv&_fields=id,name&_csv_separator=;"

    assert text_of(get(url)) == "id;name\r\n1;Oak\r\n"


@pytest.mark.parametrize("option", ["_csv_header=no", "_csv_separator=x"])
def test_it_refuses_other_options(get, option):
    assert_problem(get(f"{URL}&{option}"), 400, name=option.partition("=")[0])
