"""What the catalogue says of a dataset of ours that changed, by its own documents."""

from __future__ import annotations

from typing import Any

import pytest
from services import ask_service

from catalog_service.diffing import Level, compare

PROGRAM = """
import json
import django
django.setup()
from data_service.openapi.documents import describe
from data_service.schemas.tables import Dataset, Field, Table
from data_service.schemas.types import FIELD_TYPES

def document(*fields):
    known = (Field("id", "integer", required=True), *fields)
    table = Table("quay", known, identifier=("id",))
    return describe(Dataset("quays", (table,), path="quays"), "https://a.test/v1/quays")

NAME = Field("name", "string")
added = {
    name: document(NAME, Field("added", name, crs="CRS84"))
    for name in FIELD_TYPES
}
first = document(Field("first", "string"), NAME)
print(json.dumps({
    "old": document(NAME), "added": {**added, "before the others": first},
}))
"""


@pytest.fixture(scope="module")
def documents() -> dict[str, Any]:
    """Let the data service describe a table, and that table with one column more."""
    return ask_service("data_service", PROGRAM)


def test_it_breaks_nothing_to_add_a_column(documents: dict[str, Any]) -> None:
    for added, document in documents["added"].items():
        changes = compare(documents["old"], document)

        worse = [each.sentence for each in changes if each.level is not Level.INFO]
        assert (added, worse) == (added, [])
        assert any("'_fields' also allows" in each.sentence for each in changes)


def test_it_breaks_clients_to_drop_a_column(documents: dict[str, Any]) -> None:
    changes = compare(documents["added"]["string"], documents["old"])

    broken = [each.sentence for each in changes if each.level is Level.BREAKING]
    assert [text for text in broken if "can no longer be" in text] == []
    assert [text for text in broken if "'_fields' no longer allows" in text]
