"""The table of kinds: each row is shown by its own example."""

from __future__ import annotations

import re
from datetime import date

import pytest

from catalog_service.diffing import KINDS, Kind, compare, example_documents

TODAY = date(2026, 1, 1)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


@EVERY_KIND
def test_it_is_found_in_its_example(kind: Kind) -> None:
    changes = compare(*example_documents(kind), today=TODAY)

    found = [change for change in changes if change.id == kind.id]
    assert [change.level for change in found] == [kind.level]
    assert re.fullmatch(r"[A-Z'].*[.:] ?.*", found[0].sentence)


@EVERY_KIND
def test_it_is_not_found_where_nothing_changed(kind: Kind) -> None:
    _, new = example_documents(kind)
    again = {**new, "info": {"title": "Other", "version": "2"}}

    assert compare(new, again, today=TODAY) == ()


def test_it_has_names_of_one_form() -> None:
    ids = [kind.id for kind in KINDS]

    assert len(set(ids)) == len(ids) >= 60
    assert [name for name in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)+", name)] == []
