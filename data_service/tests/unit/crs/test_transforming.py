"""From one reference system to another."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data_service.crs.systems import SUPPORTED
from data_service.crs.transforming import (
    is_known,
    measure_from,
    move,
    move_coordinates,
    swap,
)

# RD, and RDNAPTRANS 2018 of it (computed with its correction grid).
KNOWN = [
    ((155000.0, 463000.0), (5.387203658, 52.155172910)),
    ((121000.0, 487000.0), (4.887969740, 52.369826430)),
]


@pytest.mark.parametrize(("rd", "degrees"), KNOWN)
def test_it_is_right_within_a_quarter_of_a_metre(rd, degrees):
    moved = move_coordinates(np.array([rd]), "EPSG:28992", "CRS84")[0]

    east, north = measure_from(*degrees).transform(*moved)
    assert np.hypot(east, north) < 0.25


@given(
    x=st.floats(10_000, 280_000),
    y=st.floats(305_000, 620_000),
    crs=st.sampled_from(SUPPORTED),
)
def test_it_comes_back_to_where_it_began(x, y, crs):
    there = move_coordinates(np.array([[x, y]]), "EPSG:28992", crs)
    back = move_coordinates(there, crs, "EPSG:28992")

    assert back[0] == pytest.approx([x, y], abs=0.002)


def test_it_keeps_heights_where_there_are_some():
    shapes = np.array(
        [shapely.Point(121000, 487000, 3), shapely.Point(121000, 487000), None]
    )

    moved = move(shapes, "EPSG:7415", "EPSG:3857")

    assert moved[0].z == 3
    assert not moved[1].has_z
    assert moved[2] is None
    assert move(shapes, "EPSG:7415", "EPSG:28992") is shapes


def test_it_swaps_axes():
    (swapped,) = swap(np.array([shapely.LineString([(1, 2, 9), (3, 4, 9)])]))

    assert swapped.wkt == "LINESTRING Z (2 1 9, 4 3 9)"


@pytest.mark.parametrize(
    ("crs", "known"),
    [
        ("CRS84", True),
        ("EPSG:7415", True),
        ("EPSG:2056", True),
        ("EPSG:7405", False),
        ("EPSG:999999", False),
        ("nonsense", False),
    ],
)
def test_it_knows_which_systems_it_can_read(crs, known):
    assert is_known(crs) == known
