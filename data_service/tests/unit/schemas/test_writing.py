"""Datasets into Amsterdam Schema JSON and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset, Field, Table
from data_service.schemas.types import FIELD_TYPES
from data_service.schemas.writing import dataset_to_json, table_to_json

KEY = Field("id", "integer", required=True)
CRS = ("CRS84", "EPSG:28992")


@st.composite
def fields(draw: st.DrawFn) -> Field:
    type_name = draw(st.sampled_from(sorted(FIELD_TYPES)))
    is_geometry = FIELD_TYPES[type_name].is_geometry
    return Field(
        id=draw(st.from_regex(r"[a-h][A-Za-z0-9]{1,8}", fullmatch=True)),
        type_name=type_name,
        title=draw(st.text(max_size=9)),
        required=draw(st.booleans()),
        minimum=draw(st.none() | st.integers(-9, 9)),
        crs=draw(st.sampled_from(CRS)) if is_geometry else "",
    )


@given(st.lists(fields(), unique_by=lambda f: f.id), st.text(max_size=9))
def test_it_writes_what_can_be_read_again(found: list[Field], title: str) -> None:
    table = Table("trees", (KEY, *found), title=title)
    dataset = Dataset("green", (table,), title=title, keywords=("a", "b"))

    assert parse_dataset(dataset_to_json(dataset)) == dataset


def test_it_keeps_the_order_of_the_fields() -> None:
    table = Table("trees", (Field("z", "string"), KEY, Field("a", "string")))

    properties = table_to_json(table)["schema"]["properties"]

    assert list(properties) == ["schema", "z", "id", "a"]


def test_it_leaves_out_what_is_empty() -> None:
    written = dataset_to_json(Dataset("green", (Table("trees", (KEY,)),)))

    assert "license" not in written
    assert "display" not in written["versions"]["v1"]["tables"][0]["schema"]
