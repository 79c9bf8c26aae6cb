"""Names of reference systems, and the order of axes that they ask for."""

import pytest

from data_service.crs.systems import (
    SUPPORTED,
    NamedCrs,
    UnknownCrsError,
    are_alike,
    named,
    parse_crs,
    srid,
    urn_of,
)


@pytest.mark.parametrize("code", ["28992", "7415", "4258", "4326", "3857"])
@pytest.mark.parametrize(
    "form",
    [
        "EPSG:{}",
        "epsg:{}",
        " EPSG:{} ",
        "urn:ogc:def:crs:EPSG::{}",
        "urn:x-ogc:def:crs:EPSG:9.9.1:{}",
        "http://www.opengis.net/def/crs/EPSG/0/{}",
        "<https://www.opengis.net/def/crs/EPSG/9.9.1/{}>",
    ],
)
def test_it_reads_every_form_of_a_name(code, form):
    crs = parse_crs(form.format(code))

    is_short = form.strip().lower().startswith("epsg")
    assert crs.id == f"EPSG:{code}"
    assert crs.is_swapped == (code in {"4258", "4326"} and not is_short)


@pytest.mark.parametrize("crs", SUPPORTED)
def test_it_reads_what_it_writes(crs):
    assert parse_crs(named(crs).name) == named(crs)
    assert parse_crs(urn_of(crs)).id == crs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "28992",
        "EPSG:2000",
        "EPSG:28992 x",
        "EPSG::28992",
        "urn:ogc:def:crs:EPSG:28992",
        "http://example.org/def/crs/EPSG/0/28992",
        "EPSG:٢٨٩٩٢",
        "CRS83",
    ],
)
def test_it_refuses_other_names(text):
    with pytest.raises(UnknownCrsError):
        parse_crs(text)


def test_it_puts_the_easting_first_for_geojson():
    assert parse_crs("urn:ogc:def:crs:EPSG::4326").easting_first == named("CRS84")
    assert parse_crs("EPSG:4326").easting_first == named("CRS84")
    swapped = parse_crs("urn:ogc:def:crs:EPSG::4258")
    assert swapped.easting_first == NamedCrs("EPSG:4258", "EPSG:4258")
    assert parse_crs("EPSG:3857").easting_first.id == "EPSG:3857"


def test_it_knows_which_systems_have_the_same_numbers():
    assert are_alike("CRS84", "EPSG:4258")
    assert are_alike("EPSG:7415", "EPSG:28992")
    assert are_alike("EPSG:2056", "EPSG:2056")
    assert not are_alike("EPSG:28992", "EPSG:3857")
    assert (srid("CRS84"), srid("EPSG:7415")) == (4326, 7415)
