"""Numbers and dates as people write them, up to the rows that are served."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data_service.importing.errors import RefusedError
from data_service.schemas.tables import Dataset, Field, Table

from .conftest import Publish

TEXT = """id;price;count;day;moment;empty;unsure
b;1.234,50;1.234;31-12-2020;31/12/2020 10:11;NA;01-02-2020
a;-3;12;1-2-2021;1/2/2021 9:00:01;-;02-03-2020
c;;;;;7;
"""


def test_it_serves_what_they_mean(publish_text: Publish, served_rows) -> None:
    published = publish_text(TEXT, dataset="shop", table="item")

    rows = served_rows("shop", "item", "id", "price", "count", "day", "empty", "unsure")
    assert rows == [
        ("a", Decimal(-3), 12, date(2021, 2, 1), None, "02-03-2020"),
        ("b", Decimal("1234.50"), 1234, date(2020, 12, 31), None, "01-02-2020"),
        ("c", None, None, None, 7, None),
    ]
    moments = served_rows("shop", "item", "moment")
    assert [m and m.isoformat() for (m,) in moments] == [
        "2021-02-01T09:00:01+00:00",
        "2020-12-31T10:11:00+00:00",
        None,
    ]
    assert any("day or month first?" in doubt for doubt in published.doubts)


def test_it_reads_them_by_the_schema_that_it_wrote(
    publish_text: Publish, served_rows
) -> None:
    first = publish_text(TEXT, dataset="shop", table="item")
    before = served_rows("shop", "item", "price", "day", "moment")

    second = publish_text(TEXT, dataset="shop", table="item", schema=first.dataset)

    assert served_rows("shop", "item", "price", "day", "moment") == before
    assert second.changes.rows == type(second.changes.rows)(0, 0, 0)


def schema(*fields: Field) -> Dataset:
    table = Table("item", (Field("id", "integer", required=True), *fields))
    return Dataset("shop", (table,))


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        (Field("x", "number"), ("1,5", "1.5")),
        (Field("x", "number", maximum=1), ("1,5", "2")),
        (Field("x", "integer"), ("1,5", "2")),
        (Field("x", "string/date"), ("01-02-2020", "02-03-2020")),
    ],
)
def test_it_refuses_what_does_not_fit_a_schema(
    publish_text: Publish, field: Field, cells: tuple[str, str]
) -> None:
    text = f"id;x\n1;{cells[0]}\n2;{cells[1]}\n"

    with pytest.raises(RefusedError) as raised:
        publish_text(text, schema=schema(field))

    assert "line 2, column 'x'" in str(next(iter(raised.value.faults)))


def test_it_says_which_two_numbers_a_cell_may_mean(publish_text: Publish) -> None:
    with pytest.raises(RefusedError) as raised:
        publish_text("id;x\n1;12,345\n2;5\n", schema=schema(Field("x", "number")))

    (fault,) = raised.value.faults
    assert fault.reason.startswith("may mean 12.345 or 12345: write it so, or send")


def test_it_takes_points_for_thousands_when_told_so(
    publish_text: Publish, served_rows
) -> None:
    text = "id;x\n1;1.234\n2;900\n"

    publish_text(
        text, dataset="shop", table="item", schema=schema(Field("x", "integer"))
    )

    assert served_rows("shop", "item", "x") == [(1234,), (900,)]


def test_it_goes_on_with_a_key_in_groups(publish_text: Publish, served_rows) -> None:
    publish_text("id;n\n10.000.000;a\n1.000.000;b\n", dataset="shop", table="item")

    assert served_rows("shop", "item", "id") == [(1_000_000,), (10_000_000,)]
