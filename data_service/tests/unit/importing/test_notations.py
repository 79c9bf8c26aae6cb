"""How people write numbers and dates."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data_service.importing.doubts import doubt_type
from data_service.importing.inferring import (
    Inference,
    infer_sources,
    settle_notations,
)
from data_service.importing.notations import WRITTEN, choose_notation
from data_service.importing.profiling import Profile


def profile_of(*batches: Sequence[str], name: str = "size") -> Profile:
    """See batches of text, as a CSV file has it; the first row is on line 2."""
    profile, line = Profile(name), 2
    for cells in batches:
        profile.see(cells, range(line, line + len(cells)))
        line += len(cells)
    return profile


def types_of(*columns: Sequence[str]) -> list[str]:
    """Infer the types of columns that stand in one file."""
    profiles = [profile_of(c, name=f"column{n}") for n, c in enumerate(columns)]
    return types_of_profiles(profiles)


def types_of_profiles(profiles: Sequence[Profile]) -> list[str]:
    """Infer the types of columns of one file, as they have been seen."""
    settle_notations(profiles)
    return [source.field.type_name for source in infer_sources(profiles, "", [])]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,5", "-12,25", ""], "number"),
        (["1.234.567,89", "+3"], "number"),
        (["1 234,5", "2\u00a0345"], "number"),
        (["1.234.567"], "integer"),
        (["1,234,567"], "integer"),
        (["1,234.5", "7"], "number"),
        (["1'234'567", "12"], "integer"),
        (["12.345.678.901.234.567.890"], "number"),
        (["31-12-2020", "1-2-2021"], "string/date"),
        (["12/31/2020", ""], "string/date"),
        (["31.12.2020"], "string/date"),
        (["2020/12/31"], "string/date"),
        (["05-05-2015", "6/6/2016", "NA"], "string/date"),
        (["10.10.2015 9:00"], "string/date-time"),
        (["31-12-2020 10:11", "1-2-2021 9:00:01"], "string/date-time"),
        (["NA", "12", "-"], "integer"),
        (["1.5", "null"], "number"),
        (["1e+05", "NA"], "number"),
        (["TRUE", "NA"], "boolean"),
        (["2020-01-01", "NA"], "string/date"),
        (["2020-01-01T10:00:00Z", "NULL"], "string/date-time"),
        (["1,5", "NA"], "number"),
        (["1.", "2", "NA"], "number"),
        (["1.", "2.", "NA"], "string"),
        (["9999-12-31T23:59:59-05:00", "2020-01-01T10:00:00Z"], "string"),
        (["0001-01-01T00:00:00+01:00", "NULL"], "string"),
        (["2021-02-30T10:00:00Z", "2020-01-01T10:00:00Z"], "string"),
    ],
)
def test_it_reads_them(cells: list[str], expected: str) -> None:
    assert types_of(cells) == [expected]


@pytest.mark.parametrize(
    "cells",
    [
        ["1,234"],
        ["01-02-2020", "03-04-2020"],
        ["31-02-2020"],
        ["05-05-2015", "06-05-2015"],
        ["1-11-2015"],
        ["31-12-2020", "12-31-2020"],
        ["31-12-20"],
        ["31-12/2020"],
        ["2020-01-01", "31-12-2020"],
        ["007,5"],
        ["1.23,5"],
        ["NA", "-"],
        ["NA", "NL", "BE"],
        ["1,5\n2,5"],
        ["0000-01-31"],
    ],
)
def test_it_leaves_the_rest_text(cells: list[str]) -> None:
    assert types_of(cells) == ["string"]


def test_it_remembers_what_came_before() -> None:
    whole_numbers_first = profile_of(["1", "2"], ["3,5"])
    points_first = profile_of(["1.5"], ["3,5"])
    dates_later = profile_of(["2020-01-01"], ["31-12-2020"])

    kinds = [
        types_of_profiles([profile])[0]
        for profile in (whole_numbers_first, points_first, dates_later)
    ]

    assert kinds == ["number", "string", "string"]


def test_it_learns_from_the_other_columns() -> None:
    assert types_of(["1.234", "12.500"]) == ["number"]
    assert types_of(["1.234", "12.500"], ["1,5", "2,25"]) == ["integer", "number"]
    assert types_of(["1,234", "2,345"], ["1,5", "2,25"]) == ["number", "number"]
    assert types_of(["1.5", "2.5"], ["1,5", "2,25"]) == ["number", "number"]


def test_it_says_how_it_read_them() -> None:
    profile = profile_of(["31/12/2020 10:00", "NA"])
    (type_name,) = types_of_profiles([profile])

    doubt = doubt_type(profile, type_name)

    assert "date-times, day first ('31/12/2020 10:00')" in doubt
    assert "in UTC; 1 cell like 'NA' or '-' read as no value" in doubt
    assert profile.nulls == 1


@pytest.mark.parametrize(
    ("cells", "is_said"),
    [
        (["1.234", "2.500", "900", "12.000"], True),
        (["1.234", "0.500"], False),
        (["1.5", "1.234"], False),
        (["1.234", "1e3"], False),
        (["900"], False),
    ],
)
def test_it_says_where_points_may_be_thousands(cells: list[str], is_said: bool) -> None:
    profiles, doubts = [profile_of(cells)], list[str]()
    settle_notations(profiles)

    Inference().sources(profiles, "", doubts)

    assert ("so they may be thousands: --schema" in "".join(doubts)) is is_said


def test_it_finds_only_what_is_wanted() -> None:
    writing = profile_of(["1,5"]).writing

    assert choose_notation(writing, ["integer"], has_fractions=False) is None
    assert choose_notation(writing, ["string/date"], has_fractions=False) is None
    found = choose_notation(writing, WRITTEN, has_fractions=False)
    assert found is not None
    assert found[1] == "number"
