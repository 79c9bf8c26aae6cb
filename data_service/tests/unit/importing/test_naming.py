"""Names of files into ids."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_service.importing.naming import camel_case, field_ids, free_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("monument_nummer", "monumentNummer"),
        ("NAAM", "naam"),
        ("yearOfBirth", "yearOfBirth"),
        ("SUCountry", "suCountry"),
        ("MHn_Intensity", "mHnIntensity"),
        ("Post Code", "postCode"),
        ("92.10 Gemeentecode", "column9210Gemeentecode"),
        ("Straße (é)", "strasseE"),
        ("L_BAG-sleutel", "lBagSleutel"),
        ("", ""),
        ("%", ""),
        ("ID2", "id2"),
    ],
)
def test_it_writes_camel_case(name: str, expected: str) -> None:
    assert camel_case(name) == expected


def test_it_numbers_what_is_there_already() -> None:
    assert field_ids(["name", "Name", "NAME"]) == ["name", "name2", "name3"]


def test_it_names_what_has_no_name() -> None:
    assert field_ids(["id", "", "?"]) == ["id", "column2", "column3"]


def test_it_leaves_the_name_of_the_schema_alone() -> None:
    assert field_ids(["schema"]) == ["schema2"]


def test_it_gives_a_free_id() -> None:
    assert free_id("id", ["id", "id2"]) == "id3"


@given(st.lists(st.text(max_size=20), max_size=8))
def test_it_always_gives_ids_of_their_own(names: list[str]) -> None:
    ids = field_ids(names)

    assert len(set(ids)) == len(names)
    assert all(re.fullmatch("[a-z][A-Za-z0-9]*", name) for name in ids)
