"""Indexes of a published table."""

import json
from hashlib import sha256

import pytest
from django.db import connection
from psycopg import sql

from data_service.importing import indexing
from data_service.models import PhysicalTable
from data_service.querying import connections
from data_service.querying.operators import Operand, operators_of
from data_service.schemas.tables import Dataset, Field, Table

FIELDS = (
    Field("id", "string", required=True),
    Field("name", "string"),
    Field("prose", "string"),
    Field("whole", "integer"),
    Field("alive", "boolean"),
    Field("tags", "array of string"),
    Field("counts", "array of integer"),
    Field("geometry", "Point", crs="CRS84"),
)
DATASET = Dataset("things", (Table("thing", FIELDS),))
ROWS = [{"id": "1", "name": "a", "prose": "é" * 300, "counts": [1]}, {"id": "2"}]


def list_indexes():
    name = PhysicalTable.objects.latest("id").name
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [name])
        return {row[0].partition(" USING ")[2] for row in cursor.fetchall()}


@pytest.fixture
def indexes(publish_rows, monkeypatch):
    def publish_and_list(fewest=1, **limits):
        monkeypatch.setattr(indexing, "FEWEST_ROWS", fewest)
        for name, value in limits.items():
            monkeypatch.setattr(indexing, name, value)
        publish_rows(ROWS, DATASET)
        return list_indexes()

    return publish_and_list


def test_it_indexes_what_can_be_asked_for(indexes):
    assert indexes() == {
        "btree (_ordinal)",
        "btree (id)",
        "btree (kade_sort_key(id), _ordinal)",
        "btree (kade_sort_key(name), _ordinal)",
        "btree (whole, _ordinal)",
        "btree (alive, _ordinal)",
        "gin (kade_folded(tags))",
        "gin (counts)",
        "gist (geometry__point)",
    }


def test_it_leaves_small_tables_alone(indexes):
    always = {"btree (_ordinal)", "btree (id)", "gist (geometry__point)"}
    assert indexes(fewest=3) == always


def test_it_stops_at_the_far_end_of_a_wide_table(indexes):
    assert len(indexes(MOST_INDEXES=2)) == 5


@pytest.mark.parametrize(
    ("field", "operator", "text"),
    [
        ("name", "", "Éé"),
        ("name", "in", "a,b"),
        ("name", "like", "é*"),
        ("id", "", "1"),
        ("id", "like", "1*"),
        ("whole", "gt", "5"),
        ("whole", "isnull", "true"),
        ("tags", "contains", "A"),
        ("counts", "contains", "1"),
    ],
)
def test_it_answers_from_them(indexes, field, operator, text):
    indexes()
    name = PhysicalTable.objects.latest("id").name
    asked = DATASET.tables[0].by_id[field]
    found = next(o for o in operators_of(asked) if o.name == operator)
    condition, values = found.compile(
        Operand(asked, exact=field == "id"), found.parse(asked, text)
    )
    question = sql.SQL("EXPLAIN SELECT 1 FROM {} AS f WHERE {}")
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(question.format(sql.Identifier("rows", name), condition), values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")

    assert "Index Cond" in plan


def test_it_indexes_what_rows_were_added_to(indexes, publish_text):
    first = indexes()

    publish_text(
        '{"id": "3"}',
        name="more.ndjson",
        dataset="things",
        table="thing",
        mode="append",
    )

    assert list_indexes() == first


def test_it_leaves_out_what_fits_no_index(publish_text, monkeypatch):
    monkeypatch.setattr(indexing, "FEWEST_ROWS", 1)
    digest = "".join(sha256(bytes([n])).hexdigest() for n in range(60))
    row = json.dumps({"id": "1", "tags": [digest], "size": 5})

    publish_text(row, name="things.ndjson")

    assert list_indexes() == {
        "btree (_ordinal)",
        "btree (id)",
        "btree (kade_sort_key(id), _ordinal)",
        "btree (size, _ordinal)",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=OAK", 500),
        ("name[not]=oak", 500),
        ("name[in]=Oak", 500),
        ("name[like]=o*", 500),
        ("name[isnull]=true", 250),
        ("name[isempty]=true", 250),
    ],
)
def test_it_samples_what_estimates_are_made_of(
    publish_rows, monkeypatch, client, query, expected
):
    monkeypatch.setattr(indexing, "FEWEST_ROWS", 1)
    names = ("Oak", None, "Oak", "Elm")
    publish_rows([{"id": str(n), "name": names[n % 4]} for n in range(1000)], DATASET)

    response = client.get(f"/v1/things/thing?{query}&_count=estimate")
    connections.close()

    estimate = int(response["X-Estimated-Count"])
    assert estimate == pytest.approx(expected, rel=0.1)
