"""Rows that are stored and rows that are rendered on request: the same bytes."""

import pytest

from data_service.models import PhysicalTable
from data_service.querying import connections
from data_service.schemas.tables import Dataset, Field, Table
from data_service.tasks.rendering import render_rows

LONG = "aVeryLongName" * 6
EVERYTHING = Table(
    "thing",
    (
        Field("id", "string", required=True),
        Field("text", "string"),
        Field("uri", "string/uri"),
        Field("whole", "integer"),
        Field("number", "number"),
        Field("yes", "boolean"),
        Field("day", "string/date"),
        Field("moment", "string/date-time"),
        Field("clock", "string/time"),
        Field("tags", "array of string"),
        Field("counts", "array of integer"),
        Field("whatever", "object/json"),
        Field("geometry", "Point", crs="CRS84"),
        Field("type", "string"),
        Field("format", "string"),
    ),
    display="text",
)
HARD = (
    {"id": "plain"},
    {
        "id": "a/b c?é%#\n d",
        "text": 'quote " backslash \\ tab \t line \n é 漢 🌳 </script>',
        "uri": "https://example.org/?a=1&b=2",
        "whole": -9223372036854775808,
        "number": 1e-7,
        "yes": False,
        "day": "0001-01-01",
        "moment": "9999-12-31T23:59:59.999999Z",
        "clock": "23:59:59.5",
        "tags": ['"', "a,b", "", "é"],
        "counts": [1, -1],
        "geometry": {"type": "Point", "coordinates": [4.9, 52.3]},
        "type": "Feature",
        "format": "csv",
    },
    {"id": "'; DROP TABLE x; --", "text": "\u2028", "tags": []},
)
URLS = [
    "/v1/things/thing",
    "/v1/things/thing?_sort=-id",
    "/v1/things/v1/thing?_pageSize=1&page=2",
    "/v1/things/thing/a%2Fb%20c%3F%C3%A9%25%23%0A%20d",
]


@pytest.fixture
def table(publish_rows):
    """Publish the hard rows; a page of each URL can be asked for."""
    publish_rows(HARD, Dataset("things", (EVERYTHING,)))
    yield PhysicalTable.objects.get()
    connections.close()


def answers(client):
    responses = [client.get(url, RAW_URI=url) for url in URLS]
    assert [response.status_code for response in responses] == [200] * len(URLS)
    return [(response.content, response["ETag"]) for response in responses]


def test_it_gives_the_same_bytes(client, table):
    rendered = answers(client)

    assert render_rows(table.pk) == len(HARD)

    assert answers(client) == rendered
    assert b"\x01" not in rendered[0][0]


def test_it_reads_the_stored_ones(client, table):
    render_rows(table.pk)
    with connections.open_connection(statement_timeout=0, name="test") as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(
            f"UPDATE rows.{table.json_name} SET json = '{{}}'"  # noqa: S608
        )

    body = client.get(URLS[0]).json()

    assert body["_embedded"]["thing"] == [{}, {}, {}]


def test_it_gives_links_that_lead_to_the_row(client, table):
    rows = client.get(URLS[0]).json()["_embedded"]["thing"]

    for row in rows:
        path = row["_links"]["self"]["href"].removeprefix("http://localhost:8000")
        assert client.get(path, RAW_URI=path).json() == row


def test_it_filters_on_fields_that_are_called_like_parameters(client, table):
    for query in ("type=feature", "format=CSV", "_format=json&format=csv"):
        rows = client.get(f"/v1/things/thing?{query}").json()["_embedded"]["thing"]
        assert [row["id"] for row in rows] == ["a/b c?é%#\n d"]
