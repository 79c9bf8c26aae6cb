"""The table of operators: every field that has one can be asked by it."""

from __future__ import annotations

import pytest

from data_service.querying.operators import OPERATORS, Operand, operators_of
from data_service.schemas.tables import Field
from data_service.schemas.types import FIELD_TYPES

CASES = [
    pytest.param(operator, name, id=f"{name}[{operator.name}]")
    for operator in OPERATORS
    for name in sorted(operator.types)
]


def value_of(operator, field):
    if operator.name in {"isnull", "isempty"}:
        return "true"
    if field.type.item:
        return str(field.type.example[0])
    return str(field.type.example).lower()


# Those of geometries have tests of their own.
SCALARS = [c for c in CASES if c.values[0].name == "isnull" or not c.values[0].read]


@pytest.mark.parametrize(("operator", "name"), SCALARS)
def test_it_compiles_the_example_of_every_type(operator, name):
    field = Field("some", name, crs="CRS84")
    value = operator.parse(field, value_of(operator, field))

    condition, values = operator.compile(Operand(field), value)

    text = condition.as_string(None)
    assert '"f"."some"' in text
    assert text.count("%s") == len(values)


@pytest.mark.parametrize(("operator", "name"), CASES)
def test_it_describes_every_operator(operator, name):
    field = Field("some", name, crs="CRS84")

    assert operator.schema(field)
    assert "some" in operator.sentence.format(field="some")
    assert operator.parameter(field).startswith("some")


@pytest.mark.parametrize(
    ("name", "operators"),
    [
        ("boolean", ["", "isnull"]),
        ("integer", ["", "not", "in", "gt", "gte", "lt", "lte", "isnull"]),
        ("string", ["", "not", "in", "like", "isnull", "isempty"]),
        ("Point", ["isnull", "", "not", "intersects", "within"]),
        ("MultiPolygon", ["isnull", "", "not", "intersects", "contains", "within"]),
        ("array of string", ["", "contains"]),
        ("object/json", []),
    ],
)
def test_it_gives_a_type_its_operators(name, operators):
    field = Field("some", name, crs="CRS84")

    assert [o.name for o in operators_of(field)] == operators


def test_it_knows_every_type_of_the_operators():
    assert {name for o in OPERATORS for name in o.types} <= set(FIELD_TYPES)


@pytest.mark.parametrize(
    ("pattern", "sql_pattern"),
    [
        ("o*k?", "o%k_"),
        ("100%_", r"100\%\_"),
        ("a\\b", r"a\\b"),
        (r"a\*\?\\", r"a*?\\"),
    ],
)
def test_it_takes_only_stars_and_question_marks_as_wildcards(pattern, sql_pattern):
    like = next(o for o in OPERATORS if o.name == "like")

    _, values = like.compile(Operand(Field("some", "string")), pattern)

    assert values[0] == sql_pattern


def test_it_compares_text_case_by_case_in_the_identifier():
    equal = OPERATORS[0]
    field = Field("some", "string")

    folded, _ = equal.compile(Operand(field), "x")
    exact, _ = equal.compile(Operand(field, exact=True), "x")

    assert "casefold" in folded.as_string(None)
    assert "casefold" not in exact.as_string(None)
