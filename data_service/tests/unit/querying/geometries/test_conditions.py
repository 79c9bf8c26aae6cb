"""Conditions in SQL, as far as they can be told without PostgreSQL."""

import pytest

from data_service.querying.geometries.conditions import (
    box_text,
    compile_exclusion,
    compile_selection,
    degrees_around,
    exact_condition,
)
from data_service.querying.geometries.reading import read_distance, read_shape
from data_service.querying.geometries.selections import Selection
from data_service.querying.operators import Operand
from data_service.schemas.tables import Field

POINT = Field("some", "Point", crs="CRS84")
BOX = "POLYGON((4 52,5 52,5 53,4 53,4 52))"
TRIANGLE = "POLYGON((4 52,5 52,5 53,4 52))"


@pytest.mark.parametrize(
    ("operator", "text", "is_exact"),
    [
        ("intersects", "4,52", True),
        ("equals", "4,52", True),
        ("intersects", BOX, True),
        ("equals", BOX, False),
        ("intersects", TRIANGLE, False),
    ],
)
def test_it_knows_what_postgresql_decides(operator, text, is_exact):
    target = read_shape(POINT, text, None)

    found = exact_condition(Operand(POINT), operator, target)

    assert (found is not None) == is_exact
    if found:
        assert found[0].as_string(None).count("%s") == len(found[1])


@pytest.mark.parametrize(
    ("crs", "is_exact"), [("CRS84", True), ("EPSG:28992", True), ("EPSG:3857", False)]
)
def test_it_measures_distances_to_points(crs, is_exact):
    field = Field("some", "Point", crs=crs)
    target = read_distance(field, "4.9,52.37,100", None)

    assert (exact_condition(Operand(field), "within", target) is not None) == is_exact


def test_it_leaves_other_geometries_to_geos():
    field = Field("some", "Polygon", crs="CRS84")
    target = read_shape(field, BOX, None)

    assert exact_condition(Operand(field), "intersects", target) is None


@pytest.mark.parametrize(
    ("place", "metres", "box"),
    [
        ((0, 0), 111_000, (-1, -1, 1, 1)),
        ((0, 60), 111_000, (-2.01, 59, 2.01, 61)),
        ((0, 89.9), 111_000, (-180, 88.9, 180, 90)),
        ((0, -89.9), 111_000, (-180, -90, 180, -88.9)),
        ((179.9, 0), 111_000, (-180, -1, 180, 1)),
        ((0, 0), 10_000_000, (-180, -90, 180, 90)),
    ],
)
def test_it_gives_the_box_around_a_place(place, metres, box):
    assert degrees_around(*place, metres) == pytest.approx(box, abs=0.02)


def test_it_writes_boxes_a_little_wider():
    assert box_text((1, 2, 3, 4), slack=0.5) == "(3.5,4.5),(0.5,1.5)"


def test_it_compares_with_what_was_found():
    found = Selection.of([[3, 1]], row_count=9)

    condition, values = compile_selection(Operand(POINT), found)
    exclusion, _ = compile_exclusion(Operand(POINT), found)

    assert condition.as_string(None) == '"f"."_ordinal" = ANY(%s::bigint[])'
    assert values == ([1, 3],)
    assert exclusion.as_string(None).startswith("NOT (")
