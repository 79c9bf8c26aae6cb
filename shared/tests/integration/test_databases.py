"""What a database must be."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared import databases
from shared.databases import check_databases, sql_comment
from shared.logs import request_id

pytestmark = pytest.mark.django_db


def test_it_takes_the_database_of_the_tests():
    call_command("check", "--database", "default")

    assert check_databases(["default"]) == []


def test_it_asks_no_database_unless_told():
    assert check_databases(None) == []


def test_it_refuses_an_older_server_and_another_collation(monkeypatch):
    monkeypatch.setattr(databases, "SERVER_VERSION", 990000)
    monkeypatch.setattr(databases, "COLLATION", ("c", "C"))

    version, collation = check_databases(["default"])

    assert (version.id, collation.id) == ("kade.E001", "kade.E002")
    assert "BUILTIN_LOCALE 'C.UTF-8'" in collation.hint


def test_it_tells_the_database_which_request_it_answers():
    token = request_id.set("from-the-gateway")
    with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["100 %"])
    request_id.reset(token)

    (query,) = queries.captured_queries
    assert query["sql"].startswith("/* request_id=from-the-gateway */ SELECT")


def test_it_tells_nothing_outside_a_request():
    token = request_id.set("")

    assert sql_comment() == ""

    request_id.reset(token)
