"""A page among its neighbours."""

import json

import pytest

from data_service.formats import geojson, hal
from data_service.formats.paging import Paging
from data_service.schemas.tables import Field, Table

TABLE = Table("tree", (Field("id", "integer"),))


@pytest.mark.parametrize(
    ("total", "size", "pages"), [(0, 10, 1), (10, 10, 1), (11, 10, 2), (None, 10, 1)]
)
def test_it_counts_pages(total, size, pages):
    assert Paging(1, size, "url", total=total).pages == pages


def test_it_wraps_rows_in_a_hal_page():
    paging = Paging(2, 1, "self", "next", "previous", total=3)

    body = json.loads(hal.page_body(b'{"id":2}', TABLE, paging))

    assert body == {
        "_embedded": {"tree": [{"id": 2}]},
        "_links": {
            "self": {"href": "self"},
            "next": {"href": "next"},
            "previous": {"href": "previous"},
        },
        "page": {"number": 2, "size": 1, "totalElements": 3, "totalPages": 3},
    }


def test_it_wraps_features_in_a_collection():
    body = json.loads(geojson.page_body(b"", TABLE, Paging(1, 1, "self")))

    assert body["features"] == []
    assert body["_links"] == [{"rel": "self", "href": "self"}]
