"""Random questions to random tables are answered as a naive model answers them.

Few by default; HYPOTHESIS_PROFILE=slow asks more than 5,000.
"""

from __future__ import annotations

import os
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg import sql
from query_model import answer
from query_strategies import SORTABLE, parameter, questions, rows, table_of

from data_service.importing import indexing
from data_service.importing.filling import Filled
from data_service.importing.progress import Silent
from data_service.importing.snapshots import activate_snapshot, make_snapshot
from data_service.models import PhysicalTable
from data_service.querying import connections, keysets
from data_service.querying import rows as rows_of_page

QUESTIONS = 25
TABLES = 55 if os.environ.get("HYPOTHESIS_PROFILE") == "slow" else 6
PROFILE = settings(
    max_examples=TABLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # shrinking takes minutes, and tells little more
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def patient(clean_rows, monkeypatch):
    """Index every table, however small; forget the connection in the end."""
    monkeypatch.setattr(indexing, "FEWEST_ROWS", 0)
    yield monkeypatch
    connections.close()


@pytest.mark.parametrize("key", ["id", "text"])
@pytest.mark.parametrize("scans", ["on", "off"])
def test_it_answers_as_the_model_does(patient, key, scans):
    client = Client()

    @PROFILE
    @given(st.data())
    def ask(data):
        table = data.draw(rows(key))
        publish(table, key)
        connections.thread_connection().execute(f"SET enable_seqscan = {scans}")
        for _ in range(QUESTIONS):
            check(client, patient, table, key, data.draw(questions))

    ask()


def publish(table_rows, key):
    dataset = table_of(key)
    fields = dataset.tables[0].fields
    physical = PhysicalTable.objects.create(row_count=len(table_rows))
    name = sql.Identifier("rows", physical.name)
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(f.id), sql.SQL(f.type.column_type))
        for f in fields
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TABLE {} (_ordinal bigint PRIMARY KEY, {})").format(
                name, columns
            )
        )
        marks = sql.SQL(", ").join([sql.Placeholder()] * (len(fields) + 1))
        cursor.executemany(
            sql.SQL("INSERT INTO {} VALUES ({})").format(name, marks),
            [
                [n, *(row[f.id] for f in fields)]
                for n, row in enumerate(sorted(table_rows, key=lambda r: r[key]), 1)
            ],
        )
        filled = Filled(dataset.tables[0], len(table_rows), (), {})
        indexing.index_table(connection.connection, physical.name, filled, Silent())
    activate_snapshot(make_snapshot(dataset, {"thing": physical}, by="test"))


def check(client, patient, table_rows, key, question):
    patient.setattr(keysets, "CHEAP_DEPTH", question["depth"])
    patient.setattr(rows_of_page, "CHEAP_DEPTH", question["depth"])
    patient.setattr(keysets, "WINDOWS", question["windows"])
    expected = answer(table_rows, key, question["conditions"], question["sorts"])
    pairs = [parameter(c) for c in question["conditions"]]
    sorts = [f"-{f}" if descending else f for f, descending in question["sorts"]]
    if sorts:
        pairs.append(("_sort", ",".join(sorts)))
    pairs += [("_pageSize", question["size"]), ("_count", "true"), ("_fields", key)]
    url, found = f"/v1/things/thing?{urlencode(pairs)}", []
    while url:
        response = client.get(url)
        assert response.status_code == 200, (url, response.content)
        body = response.json()
        found += [row[key] for row in body["_embedded"]["thing"]]
        assert body["page"]["totalElements"] == len(expected), url
        url = body["_links"].get("next", {}).get("href", "")
        assert len(found) <= len(expected), url
    assert found == expected, urlencode(pairs)


def test_it_can_sort_by_every_scalar():
    fields = table_of("id").tables[0].fields

    assert [f.id for f in fields if not f.type.item] == list(SORTABLE)
