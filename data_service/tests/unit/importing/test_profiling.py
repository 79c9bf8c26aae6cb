"""What is known of a column once all its cells have been seen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data_service.importing.doubts import doubt_type
from data_service.importing.inferring import infer_type
from data_service.importing.profiling import Profile


def profile_of(*batches: Sequence[str], name: str = "size") -> Profile:
    """See batches of text, as a CSV file has it; the first row is on line 2."""
    profile, line = Profile(name, tracks_range=True), 2
    for cells in batches:
        profile.see(cells, range(line, line + len(cells)))
        line += len(cells)
    return profile


def json_profile(kinds: str, *cells: str | None) -> Profile:
    profile = Profile("size")
    profile.see(cells, range(2, 2 + len(cells)), frozenset(kinds.split(",")))
    return profile


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "", "-2"], "integer"),
        (["1", "2.5"], "number"),
        (["1e3", "2"], "number"),
        (["true", "FALSE"], "boolean"),
        (["2020-01-01", ""], "string/date"),
        (["2020-01-01T10:00:00Z"], "string/date-time"),
        (["10:00"], "string/time"),
        (["2020-01-01", "2020-01-01T10:00:00Z"], "string"),
        (["a"], "string"),
        (["", ""], "string"),
        (["007"], "string"),
        (["POINT (4 52)"], "Point"),
        (["POINT (900000 900000)"], "string"),
        (["12345678901234567890"], "string"),
        (["1", "12345678901234567890", "2.5"], "number"),
        (["1.", "", "2."], "string"),
        ([".5", ".25"], "number"),
        (["1.", "2", ""], "number"),
        ([".5", "-.5"], "number"),
        ([".5", "1."], "number"),
    ],
)
def test_it_gives_the_narrowest_type(cells: list[str], expected: str) -> None:
    assert infer_type(profile_of(cells)) == expected
    assert infer_type(profile_of(*[[cell] for cell in cells])) == expected


def test_it_judges_all_rows() -> None:
    batches = [["1"] * 500] * 9 + [["x"]]

    assert infer_type(profile_of(*batches)) == "string"


@pytest.mark.parametrize(
    ("kinds", "cells", "expected"),
    [
        ("integer", ["1"], "integer"),
        ("integer,number", ["1", "2.5"], "number"),
        ("string", ["1"], "string"),
        ("string", ["2020-01-01", None], "string/date"),
        ("string", ["2020-01-01", ""], "string"),
        ("string,integer", ["a", "1"], "string"),
        ("boolean", ["true"], "boolean"),
        ("array", ["[]"], "array of string"),
        ("array,array of integer", ["[]", "[1]"], "array of integer"),
        ("array of integer,array of number", ["[1]", "[1.5]"], "array of number"),
        ("array,array of string", ["[]", '["a"]'], "array of string"),
        ("array of string,object/json", ['["a"]', "{}"], "object/json"),
        ("Point", ["{}"], "Point"),
        ("Point,Polygon", ["{}", "{}"], "Geometry"),
        ("object/json", ["{}"], "object/json"),
    ],
)
def test_it_keeps_the_kinds_of_json(
    kinds: str, cells: list[str | None], expected: str
) -> None:
    assert infer_type(json_profile(kinds, *cells)) == expected


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        ([["", ""]], "has no values at all; taken as text"),
        ([["1", "2"]], ""),
        ([["0363", "0364"]], "has leading zeros (line 2: '0363'); stays text"),
        ([["1", "9" * 19]], f"has numbers beyond 64 bits (line 3: '{'9' * 19}')"),
        ([["31-12-2020"]], "has dates like '31-12-2020': day or month first?"),
        ([["1,500", "2,500"]], "has numbers like '1,500': decimals or thousands?"),
        ([["1.", ""], ["2."]], "has a point at the end of every cell ('1.')"),
        ([[".5", ".25"]], ""),
        ([["1", "2", "12a"]], "whole numbers, but not on line 4 ('12a')"),
        ([["n/a", "2", "3", "x"]], "but not on lines 2, 5 ('n/a', 'x')"),
        ([["1.5"] * 9, ["x"]], "numbers, but not on line 11 ('x')"),
        ([["2020-01-01T10:00:00"]], "has date-times without offset"),
        ([["2020-01-01T10:00:00Z"]], ""),
        ([["2020-01-01T10:00:00-01:00"]], ""),
        ([["a", "b", "3"]], ""),
        ([["POINT (4 52)"]], "geometries without SRID, taken as CRS84"),
        ([["SRID=4326;POINT (4 52)"]], ""),
        ([["POINT (900000 900000)"]], "has geometries in a CRS that nothing tells"),
    ],
)
def test_it_says_what_is_in_doubt(batches: list[list[str]], expected: str) -> None:
    profile = profile_of(*batches)

    doubt = doubt_type(profile, infer_type(profile))

    assert doubt.startswith(expected) or (expected and expected in doubt)


def test_it_does_not_doubt_a_crs_that_was_told() -> None:
    profile = profile_of(["POINT Z (121000 487000 2.5)"])

    assert doubt_type(profile, infer_type(profile), "EPSG:7415") == ""


def test_it_doubts_mixed_json() -> None:
    profile = json_profile("string,integer", "a", "1")

    assert doubt_type(profile, "string") == "mixes integer, string; taken as text"


@pytest.mark.parametrize(
    ("batches", "as_text", "as_integers"),
    [
        ([["1", "2"], ["3"]], True, True),
        ([["9"], ["10"]], False, True),
        ([["a", "b"], ["c"]], True, False),
        ([["a"], ["a"]], False, False),
        ([["2", "1"]], False, False),
    ],
)
def test_it_knows_what_ascends(
    batches: list[list[str]], as_text: bool, as_integers: bool
) -> None:
    ascending = profile_of(*batches).ascending

    assert (ascending.as_text, ascending.as_integers) == (as_text, as_integers)


@pytest.mark.parametrize("cells", [["1", "1"], ["1", ""], ["", ""], ["x" * 2000]])
def test_it_knows_what_cannot_identify(cells: list[str]) -> None:
    assert not profile_of(cells).is_distinct


def test_it_knows_the_range_of_numbers() -> None:
    assert profile_of(["1.5", ""], ["-3", "9"]).range == (-3.0, 9.0)


def test_it_counts_rows_from_before_a_column_was_there() -> None:
    profile = Profile("late")

    profile.add_missing(5)
    profile.see(["a"], [7], frozenset({"string"}))

    assert (profile.count, profile.nulls, profile.is_distinct) == (6, 5, False)
