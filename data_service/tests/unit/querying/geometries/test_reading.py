"""Geometries in filters, as text."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data_service.crs.systems import SUPPORTED, named, parse_crs
from data_service.querying.geometries.reading import read_distance, read_shape
from data_service.querying.values import ValueFaultError
from data_service.schemas.tables import Field

IN_RD = Field("geom", "Point", crs="EPSG:28992")
IN_DEGREES = Field("geom", "Polygon", crs="CRS84")
WORDS = st.sampled_from(
    [
        "POINT",
        "POLYGON",
        "MULTIPOINT",
        "EMPTY",
        "Z",
        "nan",
        "inf",
        "(",
        ")",
        ",",
        "{",
        "}",
        '"type"',
        ":",
        "[",
        "]",
        "1e999",
        "SRID=4326;",
        "CURVEPOLYGON",
    ]
)


def faults_of(text, field=IN_RD, crs=None):
    with pytest.raises(ValueFaultError) as raised:
        read_shape(field, text, crs)
    return raised.value


@given(
    text=st.one_of(st.text(max_size=30), st.lists(WORDS | st.just("4.9")).map("".join)),
    crs=st.none() | st.sampled_from(SUPPORTED).map(named),
)
def test_it_takes_or_refuses_any_text(text, crs):
    for read in (read_shape, read_distance):
        for field in (IN_RD, IN_DEGREES):
            try:
                assert read(field, text, crs).wkb
            except ValueFaultError as error:
                assert str(error)  # noqa: PT017  (any text but the empty one)


@pytest.mark.parametrize(
    "text", ["121000,487000", " 121000 , 487000 ", "POINT(121000 487000)"]
)
def test_it_reads_a_point(text):
    target = read_shape(IN_RD, text, named("EPSG:28992"))

    assert target.form == "point"
    assert target.bounds == (121000, 487000, 121000, 487000)


def test_it_forgets_heights():
    target = read_shape(IN_DEGREES, "LINESTRING Z(4 52 1,5 53 1)", None)

    assert not shapely.from_wkb(target.wkb).has_z


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("POLYGON((4 52,5 52,5 53,4 53,4 52))", "box"),
        ("POLYGON((5 53,4 53,4 52,5 52,5 53))", "box"),
        ("POLYGON((4 52,5 52,5 53,4 52))", ""),
        ("MULTIPOINT(4 52,5 53)", ""),
        ('{"type":"Point","coordinates":[4,52]}', "point"),
    ],
)
def test_it_sees_boxes(text, form):
    assert read_shape(IN_DEGREES, text, None).form == form


def test_it_keeps_the_order_of_a_point_that_may_be_either():
    assert read_shape(IN_DEGREES, "52.3,4.9", None).bounds[:2] == (52.3, 4.9)
    assert read_shape(IN_DEGREES, "4.9,152.3", None).bounds[:2] == (152.3, 4.9)
    swapped = parse_crs("urn:ogc:def:crs:EPSG::4326")
    assert read_shape(IN_DEGREES, "52.3,4.9", swapped).bounds[:2] == (4.9, 52.3)


def test_it_refuses_what_is_too_long():
    accepted = str(faults_of("POINT(4.9 52.37)" + " " * 20_000))

    assert "20000 characters" in accepted


@pytest.mark.parametrize("text", ["91,91", "181,0", "POLYGON((0 0,0 91,1 91,0 0))"])
def test_it_refuses_what_is_on_no_globe(text):
    assert faults_of(text, IN_DEGREES).code == "invalid_crs"


def test_it_refuses_what_another_crs_cannot_hold():
    fault = faults_of("POLYGON((0 0,1e308 0,1 1,0 0))", IN_DEGREES, named("EPSG:3857"))

    assert fault.code == "invalid_crs"
