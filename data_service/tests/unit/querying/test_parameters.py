"""From a query string to a Query, or to all of its faults."""

from __future__ import annotations

import pytest

from data_service.querying.parameters import (
    parse_query,
    parse_row_query,
    refuse_parameters,
)
from data_service.schemas.tables import Field, Table
from shared.problems import BadRequestError

TABLE = Table(
    "tree",
    (
        Field("id", "integer", required=True),
        Field("name", "string"),
        Field("count", "integer"),
        Field("tags", "array of string"),
        Field("geom", "Point", crs="CRS84"),
    ),
)
FORMATS = ("json", "csv")


def parse(text):
    return parse_query(text, TABLE, FORMATS)


def faults_of(text, read=parse):
    with pytest.raises(BadRequestError) as raised:
        read(text)
    return {fault.name: fault for fault in raised.value.faults}


def test_it_reads_nothing_as_the_first_page():
    query = parse("")

    assert (query.page, query.size, query.count, query.format) == (1, 20, "false", None)
    assert query.is_plain
    assert query.is_whole


def test_it_reads_the_reserved_parameters():
    query = parse("page=3&_pageSize=7&_count=true&_format=csv&_sort=-name,id")

    assert (query.page, query.size, query.count, query.format) == (3, 7, "true", "csv")
    assert [(s.field.id, s.descending) for s in query.sort] == [
        ("name", True),
        ("id", False),
    ]
    assert not query.is_whole


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("_fields=name,id", ["name", "id"]),
        ("_fields=name,name", ["name"]),
        ("_fields=-name,-geom", ["id", "count", "tags"]),
    ],
)
def test_it_reads_which_fields_to_show(text, names):
    assert [field.id for field in parse(text).fields] == names


def test_it_reads_conditions_on_fields():
    query = parse("count[gt]=5&name=Oak%20tree&name[not]=a")

    found = [(c.field.id, c.operator.name, c.value) for c in query.conditions]
    assert found == [
        ("count", "gt", "5"),
        ("name", "", "Oak tree"),
        ("name", "not", "a"),
    ]
    assert not query.is_plain


@pytest.mark.parametrize(
    ("text", "name", "accepted"),
    [
        ("page=0", "page", "from 1"),
        ("page=1e1", "page", "from 1"),
        ("page=abc", "page", "from 1"),
        ("page=1&page=2", "page", "one value"),
        ("_pageSize=1001", "_pageSize", "from 1 to 1000"),
        ("_pageSize=-1", "_pageSize", "from 1 to 1000"),
        ("_count=1", "_count", "estimate"),
        ("_format=xml", "_format", "json or csv"),
        ("_sort=tags", "_sort", "id, name, count"),
        ("_sort=", "_sort", "id, name, count"),
        ("_fields=nothing", "_fields", "id, name, count"),
        ("_fields=name,-id", "_fields", "leave out"),
        ("nonexistent=x", "nonexistent", "id, name"),
        ("_foo=x", "_foo", "_count"),
        ("page_size=0", "page_size", "from 1 to 1000"),
        ("page_size=1&_pageSize=1", "_pageSize", "one value"),
        ("_cursor=abc", "_cursor", "unchanged"),
        ("_cursor=é", "_cursor", "unchanged"),
        ("_csv_separator=x", "_csv_separator", "';'"),
        ("_csv_header=x", "_csv_header", "'titles'"),
        ('name[in]="a', "name[in]", '"a,b"'),
        ('name[in]="a"b', "name[in]", '"a,b"'),
        ("name[lik]=x", "name[lik]", "=, not, in, like"),
        ("name[gt]=x", "name[gt]", "like"),
        ("tags[gt]=x", "tags[gt]", "=, contains"),
        ("geom=x", "geom", "WKT"),
        ("name[=x", "name[", "field[operator]"),
        ("name]=x", "name]", "field[operator]"),
        ("name[]=x", "name[]", "field[operator]"),
        ("name[like][x]=x", "name[like][x]", "field[operator]"),
        ("name.foo=x", "name.foo", "name"),
        ("count=x", "count", "whole number"),
        ("count[in]=1,,2", "count[in]", "whole number"),
        ("name[in]=" + "x" * 201, "name[in]", "200 characters"),
        ("=x", "(empty)", "field[operator]"),
        ("a%00b=x", "query", "without NUL"),
        ("name=%00", "query", "without NUL"),
        ("name=%FF", "query", "UTF-8"),
        ("name=" + "x" * 10_000, "name", "500 characters"),
        ("&".join(["name=x"] * 1000), "query", "200 parameters"),
    ],
)
def test_it_names_a_fault_and_what_is_accepted(text, name, accepted):
    fault = faults_of(text)[name]

    assert fault.reason
    assert accepted in fault.accepted


def test_it_reports_all_faults_at_once():
    faults = faults_of("page=0&foo=1&count=x&name[lik]=y&_sort=bar")

    assert set(faults) == {"page", "foo", "count", "name[lik]", "_sort"}


def test_it_takes_no_filters_for_one_row():
    faults = faults_of(
        "name=x&page=1&_fields=name", lambda text: parse_row_query(text, TABLE, FORMATS)
    )

    assert set(faults) == {"name", "page"}


def test_it_reads_format_and_fields_for_one_row():
    query = parse_row_query("_format=csv&_fields=id", TABLE, FORMATS)

    assert (query.format, len(query.fields)) == ("csv", 1)


def test_it_refuses_any_parameter_where_none_has_a_meaning():
    assert set(faults_of("a=1&b=2", refuse_parameters)) == {"a", "b"}
    refuse_parameters("")
