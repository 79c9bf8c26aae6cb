"""GET /v1/<dataset>/<table>/<id>: one row."""

import pytest

from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"


def test_it_gives_the_row_itself(get):
    row = get(f"{URL}/2").json()

    assert row == get(URL).json()["_embedded"]["tree"][1]


def test_it_gives_a_csv_with_a_header_and_one_row(get):
    response = get(f"{URL}/2?_format=csv&_fields=id,name,geom")

    assert response.content == (
        b"id,name,geom\r\n2,oAK,SRID=28992;POINT (121002 487000)\r\n"
    )


def test_it_gives_a_feature(get):
    feature = get(f"{URL}/2?_format=geojson&_fields=name,geom").json()

    assert feature["type"] == "Feature"
    assert feature["id"] == "tree.2"
    assert feature["properties"] == {"name": "oAK"}
    assert feature["geometry"]["coordinates"][0] == pytest.approx(4.888, abs=0.001)


@pytest.mark.parametrize("key", ["999", "x", "1.0", "99999999999999999999"])
@pytest.mark.parametrize("query", ["", "?_format=csv", "?_format=geojson"])
def test_it_has_no_row_with_another_identifier(get, key, query):
    assert_problem(get(f"{URL}/{key}{query}"), 404, in_detail="no row")


@pytest.mark.parametrize("name", ["page", "_pageSize", "name", "_sort", "_count"])
def test_it_takes_no_parameters_of_lists(get, name):
    assert_problem(get(f"{URL}/1?{name}=1"), 400, name=name)
