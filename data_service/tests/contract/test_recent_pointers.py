"""Requests that come together share a look at the pointer, and refuse by no old one."""

import pytest
from django.db import connection
from psycopg import sql

from data_service.api import views
from data_service.models import DatasetVersion, PhysicalTable
from data_service.schemas.tables import Dataset, Field, Table
from shared.problems import UnavailableError

LIST = "/v1/trees/tree"
OLD = [{"id": 1, "name": "Old"}]
NEW = [{"id": 1, "name": "New"}, {"id": 2, "name": "Newer"}]
FIELDS = (Field("id", "integer"), Field("name", "string"))
PLACE = Field("geometry", "Point", crs="CRS84")
NARROW = Dataset("trees", (Table("tree", (*FIELDS, PLACE)),))
WIDE = Dataset("trees", (Table("tree", (*FIELDS, Field("size", "integer"), PLACE)),))


@pytest.fixture(autouse=True)
def looked_a_moment_ago(client, settings, publish_rows):
    """Publish rows, look at them, and publish others; all of it in a moment."""
    settings.WEB_POINTER_MS = 600_000
    publish_rows(OLD, NARROW)
    assert client.get(LIST).status_code == 200
    publish_rows(NEW, WIDE)


def names(client, url):
    response = client.get(url)
    assert response.status_code == 200
    body = response.json()
    rows = body["_embedded"]["tree"] if "_embedded" in body else [body]
    return [row["name"] for row in rows]


@pytest.mark.parametrize("url", [LIST, f"{LIST}/1", f"{LIST}?_sort=-name"])
def test_it_goes_by_what_was_seen_a_moment_ago(client, url):
    assert names(client, url) == ["Old"]


@pytest.mark.parametrize("url", [LIST, f"{LIST}/1", f"{LIST}?_sort=-name"])
def test_it_looks_at_each_request_where_no_moment_is_given(client, settings, url):
    settings.WEB_POINTER_MS = 0

    assert "Newer" in names(client, url) or names(client, url) == ["New"]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"{LIST}/2", ["Newer"]),
        (f"{LIST}?_pageSize=1&page=2", ["Newer"]),
        (f"{LIST}?size[isnull]=true&_sort=id", ["New", "Newer"]),
    ],
    ids=["row", "page", "field"],
)
def test_it_looks_again_before_it_refuses(client, url, found):
    assert names(client, url) == found


def test_it_looks_again_when_the_rows_are_gone(client):
    oldest = PhysicalTable.objects.earliest("id")
    with connection.cursor() as cursor:
        for name in (oldest.name, f"{oldest.name}_json"):
            drop = sql.SQL("DROP TABLE IF EXISTS {}")
            cursor.execute(drop.format(sql.Identifier("rows", name)))

    assert names(client, f"{LIST}?_sort=id") == ["New", "Newer"]


def test_it_refuses_by_what_is_served_now(client):
    DatasetVersion.objects.update(current=None)

    assert client.get(f"{LIST}/3").status_code == 404
    assert client.get("/v1/trees").status_code == 404


def test_it_does_not_ask_twice_for_what_takes_too_long(client, monkeypatch):
    asked = []

    def take_long(request, spot):
        asked.append(spot)
        raise UnavailableError("Not answered within 5 seconds.")

    monkeypatch.setattr(views, "show_rows", take_long)

    response = client.get(LIST)

    assert response.status_code == 503
    assert response["API-Version"]
    assert len(asked) == 1


def test_it_bounds_how_many_tables_it_keeps(client, monkeypatch):
    monkeypatch.setattr("data_service.querying.recent._MOST_TABLES", 1)

    assert names(client, f"{LIST}/2") == ["Newer"]
    assert names(client, LIST) == ["New", "Newer"]
