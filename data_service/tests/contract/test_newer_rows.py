"""A walk from page to page goes on when newer rows are published meanwhile."""

import pytest

from data_service.querying import connections, keysets
from data_service.schemas.tables import Dataset, Field, Table

BEFORE = [{"id": f"k{n}", "rank": n // 2} for n in range(6)]
ID, PLACE = Field("id", "string"), Field("geometry", "Point", crs="CRS84")


def dataset(*others):
    fields = (ID, Field("rank", "integer"), *others, PLACE)
    return Dataset("trees", (Table("tree", fields),))


KEYED, WIDER = dataset(), dataset(Field("size", "integer"))
URL = "/v1/trees/tree?_sort=rank&_pageSize=2"


@pytest.fixture
def cheap_is_nothing(monkeypatch):
    monkeypatch.setattr(keysets, "CHEAP_DEPTH", 0)
    yield
    connections.close()


def page(client, url):
    body = client.get(url).json()
    links = {name: link["href"] for name, link in body["_links"].items()}
    return [row["id"] for row in body["_embedded"]["tree"]], links


def test_it_goes_on_where_the_row_was(client, cheap_is_nothing, publish_rows):
    publish_rows(BEFORE, KEYED)
    _, links = page(client, URL)
    after = [{"id": "a", "rank": 0}, {"id": "k2x", "rank": 1}, *BEFORE[2:]]
    publish_rows(after, KEYED)

    second, links = page(client, links["next"])
    third, _ = page(client, links["next"])
    first, _ = page(client, links["previous"])

    assert second == ["k2", "k2x"]
    assert third == ["k3", "k4"]
    assert first == ["a"]


def test_it_says_so_when_the_order_is_another_one(
    client, cheap_is_nothing, publish_rows
):
    publish_rows(BEFORE, KEYED)
    _, links = page(client, URL)
    publish_rows([{"id": "k1", "rank": 1, "size": 2}], WIDER)

    by_size = links["next"].replace("_sort=rank", "_sort=size")

    assert client.get(by_size).status_code == 410
