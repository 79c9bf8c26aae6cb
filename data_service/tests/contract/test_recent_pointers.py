"""Requests that come together share a look at the pointer, and refuse by no old one."""

import pytest
from django.db import connection
from psycopg import sql

from data_service.api import places, rows, views
from data_service.models import Dataset as DatasetRecord
from data_service.models import DatasetVersion, PhysicalTable
from data_service.querying import recent
from data_service.schemas.tables import Dataset, Field, Table
from shared.problems import UnavailableError

LIST = "/v1/trees/tree"
OLD = [{"id": 1, "name": "Old"}]
NEW = [{"id": 1, "name": "New"}, {"id": 2, "name": "Newer"}]
FIELDS = (Field("id", "integer"), Field("name", "string"))
PLACE = Field("geometry", "Point", crs="CRS84")
NARROW = Dataset("trees", (Table("tree", (*FIELDS, PLACE)),))
WIDE = Dataset("trees", (Table("tree", (*FIELDS, Field("size", "integer"), PLACE)),))


class Clock:
    """Seconds that pass when a test says so; the machine has just been started."""

    now = 1.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings):
    settings.WEB_POINTER_MS = 5
    clock = Clock()
    for module in (places, recent):
        monkeypatch.setattr(module, "monotonic", clock)
    return clock


@pytest.fixture
def looked_a_moment_ago(get, publish_rows):
    """Publish rows, look at them, and publish others; all of it in a moment."""
    publish_rows(OLD, NARROW)
    assert names(get, LIST) == ["Old"]
    publish_rows(NEW, WIDE)


def names(get, url):
    response = get(url)
    assert response.status_code == 200, response.content
    body = response.json()
    found = body["_embedded"]["tree"] if "_embedded" in body else [body]
    return [row["name"] for row in found]


URLS = [LIST, f"{LIST}/1", f"{LIST}?_sort=-id&_pageSize=1"]


@pytest.mark.parametrize("url", URLS)
def test_it_goes_by_what_was_seen_a_moment_ago(get, clock, looked_a_moment_ago, url):
    clock.now += 0.0049

    assert names(get, url) == ["Old"]


@pytest.mark.parametrize("url", URLS)
def test_it_looks_when_the_moment_is_over(get, clock, looked_a_moment_ago, url):
    clock.now += 0.0051

    assert "Old" not in names(get, url)


@pytest.mark.parametrize("url", URLS)
def test_it_looks_each_time_where_there_is_no_moment(
    get, settings, looked_a_moment_ago, url
):
    settings.WEB_POINTER_MS = 0

    assert "Old" not in names(get, url)


def test_it_tells_versions_and_their_table_apart(get, looked_a_moment_ago):
    assert names(get, "/v1/trees/v1/tree") == ["New", "Newer"]
    assert names(get, LIST) == ["Old"]


def test_it_tells_datasets_in_datasets_apart(get, publish_rows):
    DatasetRecord.objects.create(id="trees", path="green/trees")
    publish_rows(OLD, NARROW)
    assert names(get, "/v1/green/trees/tree") == ["Old"]
    publish_rows(NEW, NARROW)

    assert names(get, "/v1/green/trees/tree/1") == ["Old"]
    assert get("/v1/green/trees").status_code == 200
    assert get("/v1/green/tree/1").status_code == 404


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"{LIST}/2", ["Newer"]),
        (f"{LIST}?_pageSize=1&page=2", ["Newer"]),
        (f"{LIST}?size[isnull]=true&_sort=id", ["New", "Newer"]),
    ],
    ids=["row", "page", "field"],
)
def test_it_looks_again_before_it_refuses(get, looked_a_moment_ago, url, found):
    assert names(get, url) == found


def test_it_looks_again_when_the_rows_are_gone(get, looked_a_moment_ago):
    oldest = PhysicalTable.objects.earliest("id")
    with connection.cursor() as cursor:
        for name in (oldest.name, f"{oldest.name}_json"):
            drop = sql.SQL("DROP TABLE IF EXISTS {}")
            cursor.execute(drop.format(sql.Identifier("rows", name)))

    assert names(get, f"{LIST}?_sort=id") == ["New", "Newer"]


def test_it_refuses_by_what_is_served_now(get, looked_a_moment_ago):
    DatasetVersion.objects.update(current=None)

    assert get(f"{LIST}/3").status_code == 404
    assert get("/v1/trees").status_code == 404


@pytest.fixture
def shown(monkeypatch):
    """Give the spots that rows are asked of."""
    spots = []

    def show(request, spot):
        spots.append(spot)
        return rows.show_rows(request, spot)

    monkeypatch.setattr(views, "show_rows", show)
    return spots


def test_it_refuses_once_what_the_same_rows_refuse(get, publish_rows, shown):
    publish_rows(OLD, NARROW)

    statuses = [get(f"{LIST}/99").status_code for _ in range(2)]

    assert statuses == [404, 404]
    assert len(shown) == 2


def test_it_does_not_ask_twice_for_what_takes_too_long(
    get, looked_a_moment_ago, monkeypatch
):
    asked = []

    def take_long(_request, spot):
        asked.append(spot)
        raise UnavailableError("Not answered within 5 seconds.")

    monkeypatch.setattr(views, "show_rows", take_long)

    response = get(LIST)

    assert response.status_code == 503
    assert response["API-Version"]
    assert len(asked) == 1


def test_it_bounds_how_many_tables_it_keeps(get, looked_a_moment_ago, monkeypatch):
    monkeypatch.setattr(recent, "_MOST_TABLES", 1)

    assert names(get, f"{LIST}/2") == ["Newer"]
    assert names(get, LIST) == ["New", "Newer"]


def test_it_shares_nothing_where_a_slash_may_be_of_a_row(client, publish_rows):
    publish_rows(OLD, NARROW)
    before = client.get(LIST).json()
    publish_rows(NEW, WIDE)

    assert client.get(LIST).json() != before
