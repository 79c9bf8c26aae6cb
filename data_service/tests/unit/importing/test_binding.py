"""A schema that was given is binding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data_service.importing.binding import Binding, match_columns
from data_service.importing.errors import ImportingError
from data_service.importing.faults import Faults
from data_service.importing.inferring import MISSING
from data_service.importing.profiling import Profile
from data_service.importing.readers import Batch
from data_service.schemas.tables import Field, Table

ID = Field("id", "integer", required=True)
POINT = Field("geometry", "Point", crs="CRS84")


def bind(names: str, *rows: str, fields: tuple[Field, ...]) -> tuple[Faults, list[str]]:
    """Check rows (cells between commas) against a table; give faults and doubts."""
    faults, doubts = Faults(), list[str]()
    columns = tuple(names.split(","))
    cells = [tuple(row.split(",")) for row in rows]
    batch = Batch(columns, range(2, 2 + len(rows)), cells)
    binding = Binding(Table("t", (ID, *fields)), faults)
    binding.check(batch)
    profiles = [Profile(name) for name in columns]
    for index, profile in enumerate(profiles):
        profile.see([row[index] for row in cells], batch.lines)
    binding.settle(profiles, doubts)
    binding.sources(profiles, "", doubts)
    return faults, doubts


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        (Field("a", "integer"), "x", "is no integer"),
        (Field("a", "string/date"), "2021-02-29", "is no string/date"),
        (Field("a", "string", enum=("p", "q")), "r", "is none of p, q"),
        (Field("a", "number", minimum=0, maximum=9), "9.5", "at least 0 and at most 9"),
        (Field("a", "string", required=True), "", "is empty, and required"),
    ],
)
def test_it_refuses_cells(field: Field, cell: str, reason: str) -> None:
    faults, _ = bind("id,a", f"1,{cell}", fields=(field,))

    (fault,) = faults
    assert (fault.line, fault.column, fault.value) == (2, "a", cell)
    assert reason in fault.reason


def test_it_takes_what_fits() -> None:
    field = Field("a", "number", minimum=0, enum=())

    faults, doubts = bind("id,a", "1,0", "2,", "3,5.5", fields=(field,))

    assert (faults.count, doubts) == (0, [])


def test_it_takes_dates_that_are_the_same_either_way() -> None:
    faults, doubts = bind("id,a", "1,05-05-2015", fields=(Field("a", "string/date"),))

    assert faults.count == 0
    assert doubts == ["a: has dates, day first ('05-05-2015'), read as dates"]


@pytest.mark.parametrize(
    ("kind", "cells", "reasons"),
    [
        ("string/date", ["6-05-2015"], ["may mean 2015-05-06 or 2015-06-05: write"]),
        (
            "string/date",
            ["05-05-2015", "06-05-2015", "NA"],
            ["whose cells may mean two", "2015-05-06 or 2015-06-05", "may mean two"],
        ),
        (
            "string/date-time",
            ["06-05-2015 9:10"],
            ["2015-05-06T09:10:00Z or 2015-06-05T09:10:00Z"],
        ),
        ("string/date", ["31-02-2015"], ["is no string/date"]),
    ],
)
def test_it_says_which_two_things_cells_may_mean(
    kind: str, cells: list[str], reasons: list[str]
) -> None:
    rows = [f"{number},{cell}" for number, cell in enumerate(cells)]

    faults, _ = bind("id,a", *rows, fields=(Field("a", kind),))

    assert faults.count == len(reasons)
    for fault, reason in zip(faults, reasons, strict=True):
        assert reason in fault.reason


def test_it_names_every_bad_cell() -> None:
    rows = [f"{n},x" for n in range(200)]

    faults, _ = bind("id,a", *rows, fields=(Field("a", "integer"),))

    assert faults.count == 200


def test_it_refuses_columns_that_are_no_fields() -> None:
    faults, _ = bind("id,extra", "1,2", fields=())

    assert [(f.column, f.reason) for f in faults] == [
        ("extra", "is no field of the schema")
    ]


def test_it_refuses_required_fields_without_a_column() -> None:
    faults, _ = bind("id", "1", fields=(Field("a", "string", required=True),))

    assert [f.reason for f in faults] == ["is required, and has no column"]


def test_it_doubts_fields_without_a_column() -> None:
    _, doubts = bind("id", "1", fields=(Field("a", "string"),))

    assert doubts == ["a: the file has no such column; it is empty"]


def test_it_checks_coordinates() -> None:
    faults, _ = bind("id,lon,lat", "1,4.9,abc", fields=(POINT,))

    assert [(f.column, f.reason) for f in faults] == [("lat", "is no number")]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("1,190,52", "lon", "at least -180 and at most 180"),
        ("1,4.9,120", "lat", "at least -90 and at most 90"),
        ("1,,52", "lon", "is empty, and required"),
        ("1,4.9,", "lat", "is empty, and required"),
    ],
)
def test_it_refuses_coordinates(row: str, column: str, reason: str) -> None:
    faults, _ = bind("id,lon,lat", row, fields=(replace(POINT, required=True),))

    (fault,) = faults
    assert (fault.line, fault.column) == (2, column)
    assert reason in fault.reason


def test_it_refuses_required_geometries_that_are_empty() -> None:
    point = replace(POINT, required=True)

    alone, _ = bind("id,geometry", "1,POINT(4 52)", "2,", fields=(point,))
    pair, _ = bind("id,lon,lat", "1,,", fields=(point,))

    assert [str(f) for f in alone] == [
        "line 3, column 'geometry' is empty, and required"
    ]
    assert [f.column for f in pair] == ["lon", "lat"]


def test_it_takes_optional_points_that_are_empty() -> None:
    pair, _ = bind("id,lon,lat", "1,,", fields=(POINT,))
    alone, _ = bind("id,geometry", "1,", fields=(POINT,))

    assert not pair
    assert not alone


@pytest.mark.parametrize(
    ("field", "names", "columns"),
    [
        (Field("a", "string"), "id,a", (1,)),
        (Field("postCode", "string"), "id,Post code", (1,)),
        (Field("a", "string", provenance="Name"), "id,Name,a", (1,)),
        (POINT, "id,lat,lon", (2, 1)),
        (POINT, "id,geometry", (1,)),
        (Field("p", "Point", crs="CRS84", provenance="e,n"), "n,e,id", (1, 0)),
        (Field("p", "Point", crs="EPSG:28992"), "id,lon,lat", None),
        (Field("a", "string"), "id,b", None),
    ],
)
def test_it_finds_columns(
    field: Field, names: str, columns: tuple[int, ...] | None
) -> None:
    sources = match_columns(Table("t", (ID, field)), names.split(","))

    found = {source.field.id: source.columns for source in sources}
    assert found.get(field.id) == columns


def test_it_keeps_the_key_of_the_schema() -> None:
    binding = Binding(Table("t", (ID,)), Faults())
    sources = binding.sources([Profile("id")], "", [])

    assert binding.key(sources, [], lambda _: True, []).columns == (0,)


def test_it_refuses_a_key_without_a_column() -> None:
    binding = Binding(Table("t", (ID,)), Faults())
    sources = binding.sources([], "", [])

    assert sources[0].columns == MISSING
    with pytest.raises(ImportingError, match="no column fills the identifier 'id'"):
        binding.key(sources, [], lambda _: True, [])


def test_it_refuses_another_crs() -> None:
    faults = Faults()
    profile = Profile("geometry")
    profile.see(["{}"], [2], frozenset({"Point"}))

    Binding(Table("t", (POINT,), identifier=("geometry",)), faults).sources(
        [profile], "EPSG:28992", []
    )

    assert [f.reason for f in faults] == ["is in EPSG:28992; the schema says CRS84"]


@pytest.mark.parametrize(
    ("found", "wanted"), [("CRS84", "EPSG:4258"), ("EPSG:28992", "EPSG:7415")]
)
def test_it_takes_the_same_numbers_of_another_crs(found: str, wanted: str) -> None:
    faults = Faults()
    profile = Profile("geometry")
    profile.see(["{}"], [2], frozenset({"Point"}))
    table = Table("t", (replace(POINT, crs=wanted),), identifier=("geometry",))

    (source,) = Binding(table, faults).sources([profile], found, [])

    assert not faults
    assert source.field.crs == wanted


def test_it_gives_the_table_of_the_schema() -> None:
    assert Binding(Table("t", (ID,)), Faults()).table("u", [], None).id == "u"  # type: ignore[arg-type]
