"""What PostgreSQL refuses although it looked right."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection

from data_service.importing import cells
from data_service.importing.errors import RefusedError
from data_service.importing.publishing import Published
from data_service.schemas.tables import Dataset, Field, Table

Publish = Callable[..., Published]
FIELDS = (Field("id", "integer"), Field("day", "string/date"))
SCHEMA = Dataset("days", (Table("days", FIELDS),))


def test_it_names_cells_that_only_postgresql_refuses(
    publish_text: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = cells.CellCheck(None, None)
    checks = {**cells.CELL_CHECKS, "string/date": blind}
    monkeypatch.setattr("data_service.importing.binding.CELL_CHECKS", checks)

    with pytest.raises(RefusedError) as raised:
        publish_text("id,day\n1,2020-01-01\n2,2021-02-30\n3,x\n", schema=SCHEMA)

    assert [str(fault) for fault in raised.value.faults] == [
        "line 3, column 'day': '2021-02-30' is no string/date",
        "line 4, column 'day': 'x' is no string/date",
    ]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("array of integer", '"1,,2"'),
        ("array of string", r'"[""\u0000""]"'),
        ("array of string", "[1e99999999]"),
    ],
)
def test_it_refuses_lists_that_are_none(
    publish_text: Publish, kind: str, cell: str
) -> None:
    fields = (Field("id", "integer"), Field("list", kind))
    schema = Dataset("days", (Table("days", fields),))

    with pytest.raises(RefusedError) as raised:
        publish_text(f"id,list\n1,{cell}\n", schema=schema, dataset="days")

    (fault,) = raised.value.faults
    reasons = (f"is no {kind}", "does not fit PostgreSQL")
    assert fault.reason.startswith(reasons)


def test_it_names_a_row_that_is_too_wide(publish_text: Publish) -> None:
    names = ",".join(f"n{number}" for number in range(1200))
    row = ",".join(["1.5"] * 1200)

    with pytest.raises(RefusedError) as raised:
        publish_text(f"{names}\n{row}\n", dataset="wide")

    assert "publish them as two tables" in str(raised.value.faults.shown[0])


def test_it_names_a_key_that_is_too_long(publish_text: Publish) -> None:
    key = "".join(sha256(bytes([n])).hexdigest() for n in range(60))

    with pytest.raises(RefusedError) as raised:
        publish_text(f"name,size\n{key},1\n", key="name")

    assert "name another column with --key" in str(raised.value.faults.shown[0])


def test_it_names_a_table_that_is_too_wide(publish_text: Publish) -> None:
    fields = tuple(Field(f"n{number}", "integer") for number in range(1700))
    schema = Dataset("wide", (Table("wide", (FIELDS[0], *fields)),))

    with pytest.raises(RefusedError) as raised:
        publish_text("id\n1\n", schema=schema)

    assert "tables can have at most 1600 columns" in str(raised.value.faults.shown[0])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ok-1._~", "ok-1._~"),
        ("a b/c", "a%20b%2Fc"),
        ("é%", "%C3%A9%25"),
        ("", ""),
        (None, None),
    ],
)
def test_it_writes_ids_into_urls(db: None, value: Any, expected: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kade_url_segment(%s)", [value])

        assert cursor.fetchone() == (expected,)
