"""Answers that were made before: given again as long as they are right."""

import gzip

import pytest
from django.db import connection
from psycopg import sql

from data_service.api.answers import _ASKED, ANSWERS
from data_service.importing.snapshots import roll_back
from data_service.models import PhysicalTable
from data_service.querying.memories import Memory

LIST = "/v1/trees/tree"
ROW = f"{LIST}/1"


@pytest.fixture
def spoil(published):
    """Write a name into the stored rows, as nothing but a test does."""

    def write(name):
        table = PhysicalTable.objects.latest("id").name
        update = sql.SQL("UPDATE {} SET name = %s")
        with connection.cursor() as cursor:
            cursor.execute(update.format(sql.Identifier("rows", table)), [name])

    return write


@pytest.mark.parametrize(
    "url", [LIST, ROW, f"{LIST}?name[like]=O*&_sort=-id", f"{LIST}?page=1&_format=csv"]
)
def test_it_makes_an_answer_once(client, spoil, url):
    first = client.get(url)
    spoil("Ash")

    again = client.get(url)

    assert again.content == first.content
    assert b"Oak" in again.content
    volatile = {"X-Request-ID"}
    assert {n: v for n, v in again.items() if n not in volatile} == {
        n: v for n, v in first.items() if n not in volatile
    }


def test_it_remembers_what_is_compressed_compressed(client, spoil):
    plain = client.get(LIST).content
    packed = client.get(LIST, headers={"Accept-Encoding": "gzip"})
    spoil("Ash")

    again = client.get(LIST, headers={"Accept-Encoding": "gzip"})

    assert again["Content-Encoding"] == "gzip"
    assert again.content == packed.content
    assert gzip.decompress(again.content) == plain == client.get(LIST).content


def test_it_shows_the_next_snapshot_at_once(client, publish_rows):
    publish_rows()
    before = client.get(LIST).content
    client.get(LIST)

    publish_rows([{"id": 1, "name": "New", "planted": "2024-01-01"}])

    assert client.get(LIST).json()["_embedded"]["tree"][0]["name"] == "New"
    roll_back("trees")
    assert client.get(LIST).content == before


def test_it_gives_the_body_after_it_gave_the_head(client, get):
    head = client.head(LIST)

    body = get(LIST)

    assert head.content == b""
    assert head["Content-Length"] == body["Content-Length"] == str(len(body.content))
    assert client.head(LIST).content == b""


def test_it_spares_who_has_any_answer_the_remembered_one(get):
    get(LIST)

    assert get(LIST, if_none_match="*").status_code == 304


@pytest.mark.parametrize(
    ("url", "headers", "status"),
    [
        (f"{LIST}?_count=estimate&name[like]=O*", {}, 200),
        (f"{LIST}?_format=csv", {}, 200),
        (f"{LIST}/99", {}, 404),
        (f"{LIST}?page=99", {}, 404),
        (f"{LIST}?nothing=1", {}, 400),
        (LIST, {"DSO-name": "Oak"}, 200),
        (LIST, {"If-None-Match": "*"}, 304),
    ],
    ids=["estimate", "stream", "no row", "no page", "refusal", "header", "unchanged"],
)
def test_it_remembers_nothing_else(get, url, headers, status):
    assert get(url, **headers).status_code == status

    assert len(ANSWERS) == 0


@pytest.mark.parametrize("url", [LIST, ROW, f"{LIST}?page=1&_format=csv"])
def test_it_asks_for_all_that_an_answer_varies_by(get, url):
    names = get(url, Origin="https://map.example")["Vary"].split(", ")

    told = {"HTTP_" + name.upper().replace("-", "_") for name in names}

    assert told <= set(_ASKED)


def test_it_remembers_nothing_where_nothing_may_be(client, spoil, monkeypatch):
    monkeypatch.setattr("data_service.api.answers.ANSWERS", Memory(0, lambda _: 1))
    client.get(LIST)
    spoil("Ash")

    assert b"Ash" in client.get(LIST).content
