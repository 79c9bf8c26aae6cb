"""From profiles to a table: names, point, key."""

from __future__ import annotations

import pytest

from data_service.importing.doubts import doubt_type
from data_service.importing.errors import ImportingError
from data_service.importing.inferring import Inference, Source, is_ordered
from data_service.importing.profiling import Profile
from data_service.schemas.tables import CRS84

Columns = dict[str, list[str]]


def profiles_of(columns: Columns) -> list[Profile]:
    profiles = []
    for name, cells in columns.items():
        profile = Profile(name.strip("*"), tracks_range=True)
        profile.see(cells, range(2, 2 + len(cells)))
        profiles.append(profile)
    return profiles


def infer(
    columns: Columns, key: str = "", *, crs: str = ""
) -> tuple[list[Source], Source, list[str]]:
    inference = Inference(key, told=crs)
    profiles, doubts = profiles_of(columns), list[str]()
    inference.settle(profiles, doubts)
    sources = inference.sources(profiles, crs, doubts)
    found = inference.key(sources, profiles, lambda _: True, doubts)
    return sources, found, doubts


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"name": ["a", "b"], "id": ["1", "2"]}, "id"),
        ({"name": ["a", "b"], "tree_id": ["1", "2"]}, "treeId"),
        ({"name": ["a", "b"], "code": ["x", "y"]}, "code"),
        ({"size": ["1.5", "2.5"], "name": ["a", "b"]}, "name"),
        ({"kind": ["a", "a"], "size": ["1", "2"]}, "size"),
        ({"id": ["1", "1"], "name": ["a", "b"]}, "name"),
        ({"name": ["a", "a"]}, "id"),
        ({"id": ["1", "1"]}, "rowNumber"),
        ({"text": ["x" * 150, "y"]}, "id"),
        ({"nr": ["1", "2"], "postcode": ["1011AB", "1012AB"]}, "nr"),
        ({"nr": ["1", "2"], "tree_id": ["5", "6"]}, "nr"),
        ({"tree_id": ["5", "6"], "nr": ["1", "2"]}, "treeId"),
        ({"kind": ["a", "b"], "nr": ["1", "2"]}, "nr"),
        ({"postal_code": ["1011AB", "1012AB"], "kind": ["a", "b"]}, "kind"),
        ({"zipcode": ["1011AB", "1012AB"], "kind": ["a", "a"]}, "zipcode"),
    ],
)
def test_it_finds_the_key(columns: Columns, expected: str) -> None:
    _, key, _ = infer(columns)

    assert key.field.id == expected


def test_it_numbers_rows_that_nothing_identifies() -> None:
    sources, key, doubts = infer({"name": ["a", "a"]})

    assert sources[0] == key
    assert key.columns == ()
    assert "no column identifies the rows: id does now" in doubts


def test_it_doubts_an_id_that_is_none() -> None:
    _, _, doubts = infer({"id": ["1", "1"], "name": ["a", "b"]})

    assert "id: not every row has one of its own: no key" in doubts


@pytest.mark.parametrize(
    ("names", "doubt"),
    [
        ("nr,postcode", "rows are identified by nr; postcode may do so too: --key"),
        ("nr,a,b,c,d,e", "rows are identified by nr; a, b, c and 2 more may do so too"),
        ("id,name", ""),
        ("nr", ""),
    ],
)
def test_it_says_which_other_columns_it_could_take(names: str, doubt: str) -> None:
    _, _, doubts = infer({name: ["1", "2"] for name in names.split(",")})

    assert doubt in "; ".join(doubts)
    assert bool(doubts) is bool(doubt)


def test_it_takes_the_key_that_was_asked_for() -> None:
    _, key, _ = infer({"id": ["1", "2"], "Post Code": ["a", "b"]}, key="Post Code")

    assert key.field.id == "postCode"


@pytest.mark.parametrize(
    ("key", "reason"),
    [("nothing", "there is no column 'nothing'; there is id"), ("size", "is number")],
)
def test_it_refuses_another_key(key: str, reason: str) -> None:
    with pytest.raises(ImportingError, match=reason):
        infer({"id": ["1"], "size": ["1.5"]}, key=key)


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [("lon", "lat"), ("Longitude", "Latitude"), ("stop_lon", "stop_lat"), ("x", "y")],
)
def test_it_makes_one_point(longitude: str, latitude: str) -> None:
    columns = {"id": ["1"], latitude: ["52.3"], longitude: ["4.9"]}

    sources, _, doubts = infer(columns)

    point = sources[-1]
    assert [s.field.id for s in sources] == ["id", "geometry"]
    assert (point.field.type_name, point.field.crs) == ("Point", CRS84)
    assert (point.columns, point.field.provenance) == (
        (2, 1),
        f"{longitude},{latitude}",
    )
    assert any("become one point" in doubt for doubt in doubts)


@pytest.mark.parametrize(
    ("columns", "doubt"),
    [
        ({"lon": ["121000"], "lat": ["4870"]}, "are no degrees"),
        ({"x": ["121000"], "y": ["4870"]}, ""),
        (
            {"x": ["121000"], "y": ["487000"]},
            "x and y look like RD: --crs EPSG:28992 makes points of them",
        ),
        ({"lon": ["121000"], "lat": ["487000"]}, "lon and lat look like RD"),
        ({"X_COORD": ["121000"], "Y_COORD": ["487000.5"]}, "look like RD"),
        ({"x": ["121000", "0"], "y": ["487000", "0"]}, ""),
        ({"x": ["121000"], "Y": ["a"]}, ""),
        ({"lon": ["a"], "lat": ["5"]}, ""),
        ({"lon": ["5"]}, ""),
        ({f"{a}_{b}": ["5"] for a in "ab" for b in ("lon", "lat")}, "several pairs"),
    ],
)
def test_it_makes_no_point(columns: Columns, doubt: str) -> None:
    sources, _, doubts = infer(columns)

    assert not any(source.field.type.is_geometry for source in sources)
    assert doubt in "; ".join(doubts)


NAMES = (
    ("x", "y"),
    ("rd_x", "rd_y"),
    ("xRD", "yRD"),
    ("x_coord_rd", "y_coord_rd"),
    ("x-coördinaat", "y-coördinaat"),
    ("XCOORD", "YCOORD"),
    ("RDX", "RDY"),
    ("x_rd_new", "y_rd_new"),
)


@pytest.mark.parametrize("crs", ["EPSG:28992", "EPSG:7415"])
@pytest.mark.parametrize("names", NAMES)
def test_it_makes_a_point_in_rd_where_that_is_told(
    names: tuple[str, str], crs: str
) -> None:
    columns = {"lon": ["4.9"], "lat": ["52.3"], names[0]: ["1200"], names[1]: ["4e5"]}

    sources, _, doubts = infer(columns, crs=crs)

    assert [s.field.id for s in sources] == ["id", "lon", "lat", "geometry"]
    assert (sources[-1].field.crs, sources[-1].columns) == (crs, (2, 3))
    assert f"{names[0]} and {names[1]} become one point, in {crs}" in doubts


@pytest.mark.parametrize(
    "name", ["RD coordinaat", "rd_new", "coord_rd", "rdCoordinate", "new_rd_coord"]
)
def test_it_makes_no_point_of_a_name_of_nothing_but_nouns(name: str) -> None:
    sources, _, _ = infer({name: ["121000"], "y": ["487000"]})

    assert not any(source.field.type.is_geometry for source in sources)


@pytest.mark.parametrize(
    "cells", [("0", "0"), ("487000", "121000"), ("4.9", "52.3"), ("1e9", "1")]
)
def test_it_believes_what_is_told(cells: tuple[str, str]) -> None:
    sources, _, _ = infer({"x": [cells[0]], "y": [cells[1]]}, crs="EPSG:28992")

    assert (sources[-1].field.crs, sources[-1].columns) == ("EPSG:28992", (0, 1))


@pytest.mark.parametrize("names", [("x", "y", "x"), ("x_rd", "y_rd", "rd_x")])
def test_it_takes_the_first_of_two_that_are_called_alike(
    names: tuple[str, str, str],
) -> None:
    first, second, other = names
    columns = {first: ["4"], second: ["52"], f"*{other}": ["5"]}

    sources, _, doubts = infer(columns)

    assert sources[-1].columns == (0, 1)
    assert f"{other} is called like {first}, which is taken" in doubts


def test_it_makes_a_point_in_degrees_beside_rd() -> None:
    columns = {"x": ["4.9"], "y": ["52.3"], "x_rd": ["121000"], "y_rd": ["487000"]}

    sources, _, _ = infer(columns)

    assert (sources[-1].field.crs, sources[-1].columns) == (CRS84, (0, 1))


def test_it_tells_of_half_points() -> None:
    _, _, doubts = infer({"lon": ["4", "5"], "lat": ["52", ""]})

    assert any("only one of the coordinates" in doubt for doubt in doubts)


def test_it_takes_no_points_of_coordinates_for_thousands() -> None:
    _, _, doubts = infer({"id": ["1"], "lon": ["4.123"], "lat": ["52.123"]})

    assert not any("thousands" in doubt for doubt in doubts)


def test_it_says_why_dates_of_a_workbook_are_text() -> None:
    profile, cells = Profile("day"), ["2020-01-01", "2020-01-02T10:00:00"]
    profile.see(cells, [2, 3], frozenset({"string"}))

    doubt = doubt_type(profile, "string")

    assert doubt == "dates, but not on line 3 ('2020-01-02T10:00:00'); taken as text"


def test_it_leaves_out_nameless_empty_columns() -> None:
    sources, _, doubts = infer({"id": ["1"], "": [""]})

    assert [source.field.id for source in sources] == ["id"]
    assert "column 2 without a name has no values: left out" in doubts


def test_it_tells_what_it_renamed() -> None:
    _, _, doubts = infer({"id": ["1"], "": ["x"], "id*": ["2"]})

    assert "column 2 has no name: called 'column2'" in doubts
    assert "'id' is there twice: the second is 'id2'" in doubts


def test_it_describes_the_table() -> None:
    inference, profiles = Inference(), profiles_of({"id": ["1"], "naam": ["a"]})
    sources = inference.sources(profiles, "", [])

    table = inference.table("trees", sources, sources[0])

    assert (table.id, table.identifier, table.display) == ("trees", ("id",), "naam")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(["1", "2"], True), (["2", "1"], False), (["1", "1"], False)],
)
def test_it_knows_the_order(cells: list[str], expected: bool) -> None:
    profiles = profiles_of({"id": cells})
    source = Inference().sources(profiles, "", [])[0]

    assert is_ordered(source, profiles) is expected
