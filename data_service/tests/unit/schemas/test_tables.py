"""Names of columns, and what a table knows of its fields."""

from __future__ import annotations

import pytest

from data_service.schemas.tables import Dataset, Field, Table, column_name

POINT = Field("place", "Point", crs="CRS84")
POLYGON = Field("area", "Polygon", crs="EPSG:28992")
KEY = Field("id", "integer")


@pytest.mark.parametrize("name", ["xmin", "ctid", "tableoid"])
def test_it_gives_way_to_system_columns(name: str) -> None:
    assert column_name(name) == f"{name}_"


def test_it_shortens_long_names_and_keeps_them_apart() -> None:
    first, second = column_name("a" * 80), column_name("a" * 81)

    assert len(first) == len(second) == 50
    assert first != second


def test_it_names_the_columns_of_a_geometry() -> None:
    assert POINT.crs84_column == "place"
    assert POLYGON.crs84_column == "area__crs84"
    assert POLYGON.wkt_column == "area__ewkt"


@pytest.mark.parametrize(
    ("main", "expected"), [("area", POLYGON), ("", POINT), ("nothing", POINT)]
)
def test_it_finds_the_main_geometry(main: str, expected: Field) -> None:
    table = Table("t", (KEY, POINT, POLYGON), main_geometry=main)

    assert table.geometry == expected


def test_it_has_no_geometry_without_one() -> None:
    assert Table("t", (KEY,)).geometry is None


def test_it_finds_tables_by_id() -> None:
    table = Table("t", (KEY,))

    assert Dataset("d", (table,)).table("t") == table
    assert Dataset("d", (table,)).table("u") is None
    assert table.key == KEY
