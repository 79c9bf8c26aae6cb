"""What a database must be."""

import pytest
from django.core.management import call_command

from shared import databases
from shared.databases import check_databases

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
