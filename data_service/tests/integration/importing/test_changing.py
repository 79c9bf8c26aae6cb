"""Changing what is served: rows added, replaced and gone; what breaks clients."""

from __future__ import annotations

from typing import Any

import pytest

from data_service.importing.changes import RowChanges
from data_service.importing.errors import (
    BreakingChangeError,
    ImportingError,
    RefusedError,
)
from data_service.importing.publishing import Mode, Publication, publish
from data_service.importing.snapshots import make_default, roll_back
from data_service.models import DatasetVersion, Import, PhysicalTable, Snapshot
from data_service.schemas.tables import Dataset as DatasetSchema
from data_service.schemas.tables import Field, Table

from .conftest import Publish

TREES = "id,name,height\n1,Oak,1.5\n2,Elm,2.5\n3,Ash,\n"


@pytest.fixture
def trees(publish_text: Publish) -> Publish:
    """Publish three trees, and give what changes them."""
    publish_text(TREES)

    def change(text: str, **options: Any) -> Any:
        return publish_text(text, **options)

    return change


def delete(**conditions: str) -> Any:
    return publish(
        Publication(path=None, dataset="trees", table="trees", without=conditions)
    )


def test_it_appends(trees: Publish, served_rows) -> None:
    published = trees("id,name,height\n0,Fir,9\n4,Yew,\n", mode=Mode.APPEND)

    assert served_rows("trees", "trees", "_ordinal", "id", "name") == [
        (1, 0, "Fir"),
        (2, 1, "Oak"),
        (3, 2, "Elm"),
        (4, 3, "Ash"),
        (5, 4, "Yew"),
    ]
    assert published.rows == 5
    assert published.changes.rows == RowChanges(2, 0, 0)
    physical = PhysicalTable.objects.get(snapshot=published.snapshot_id)
    assert physical.row_count == 5
    assert physical.statistics["fields"]["height"] == {"nulls": 2}


def test_it_appends_no_row_that_is_served(trees: Publish, served_rows) -> None:
    with pytest.raises(RefusedError) as raised:
        trees('id,name,height\n3,"Yew\nor not",1\n4,Box,\n2,Fir,\n', mode=Mode.APPEND)

    reason = "identifies a row that is served; --upsert replaces it"
    assert list(map(str, raised.value.faults)) == [
        f"line 2, column 'id': '3' {reason}",
        f"line 5, column 'id': '2' {reason}",
    ]
    assert len(served_rows("trees", "trees", "id")) == 3


def test_it_replaces_rows_by_their_key(trees: Publish, served_rows) -> None:
    published = trees("id,height,name\n3,7,Ash\n4,,Yew\n2,2.5,Elm\n", mode=Mode.UPSERT)

    assert [id_ for (id_,) in served_rows("trees", "trees", "id")] == [1, 2, 3, 4]
    assert published.changes.lines() == ["1 row added, 0 removed, 1 changed"]


def test_it_numbers_on(publish_text: Publish, served_rows) -> None:
    publish_text("name\nOak\nOak\n")

    publish_text("name\nElm\n", mode=Mode.APPEND)

    assert served_rows("trees", "trees", "id", "name") == [
        (1, "Oak"),
        (2, "Oak"),
        (3, "Elm"),
    ]


@pytest.mark.parametrize("mode", [Mode.APPEND, Mode.UPSERT])
def test_it_reads_by_what_is_served(trees: Publish, mode: Mode) -> None:
    with pytest.raises(RefusedError) as raised:
        trees("id,name,height,extra\nx,Fir,1,2\n", mode=mode)

    assert [fault.reason for fault in raised.value.faults] == [
        "is no integer",
        "is no field of the schema",
    ]


def test_it_begins_with_what_it_is_given(publish_text: Publish) -> None:
    assert publish_text(TREES, mode=Mode.APPEND).rows == 3


def test_it_drops_rows(trees: Publish, served_rows) -> None:
    published = delete(name="Elm")

    assert served_rows("trees", "trees", "id") == [(1,), (3,)]
    assert published.changes.rows == RowChanges(0, 1, 0)
    assert delete(id="1", name="Elm").rows == 2
    assert delete(height="1.5").rows == 1


def test_it_makes_no_snapshot_when_nothing_is_removed(trees: Publish) -> None:
    published = delete(name="Yew")

    assert not published.is_new
    assert published.snapshot_id == Snapshot.objects.get().pk
    assert PhysicalTable.objects.get().row_count == published.rows == 3
    record = Import.objects.latest("pk")
    assert (record.state, record.rows) == (Import.State.DONE, 3)
    assert record.snapshot_id == published.snapshot_id


def test_it_drops_rows_and_adds_others(trees: Publish, served_rows) -> None:
    published = trees(
        "id,name,height\n2,Elm,2.5\n9,Yew,1\n",
        mode=Mode.APPEND,
        without={"name": "Elm"},
    )

    assert [id_ for (id_,) in served_rows("trees", "trees", "id")] == [1, 2, 3, 9]
    assert published.changes.rows == RowChanges(1, 0, 0)


def test_it_leaves_what_is_served_as_it_is(trees: Publish) -> None:
    first = Snapshot.objects.get()
    rows = first.tables.get()

    delete(id="1")
    roll_back("trees")

    assert DatasetVersion.objects.get().current == first
    assert first.tables.get() == rows


@pytest.mark.parametrize(
    ("conditions", "reason"),
    [
        ({"size": "1"}, "there is no field 'size'; there is id, name, height"),
        ({"id": "x"}, "'x' is no integer, as 'id' is"),
        ({}, "give a file, or --delete-where"),
    ],
)
def test_it_refuses_conditions(
    trees: Publish, conditions: dict[str, str], reason: str
) -> None:
    with pytest.raises(ImportingError, match=reason):
        delete(**conditions)


def test_it_compares_no_geometries_with_a_value(publish_text: Publish) -> None:
    publish_text("id,lon,lat\n1,4.9,52.3\n")

    with pytest.raises(ImportingError, match="'geometry' is Point: give another"):
        delete(geometry="x")


def test_it_drops_nothing_of_what_is_not_there(db: None) -> None:
    with pytest.raises(ImportingError, match="nothing of the table 'trees' is served"):
        delete(id="1")


def test_it_keeps_geometries(publish_text: Publish, served_rows) -> None:
    publish_text("id,lon,lat\n1,4.9,52.3\n2,,\n")

    published = publish_text("id,lon,lat\n3,4.8,52.4\n", mode=Mode.APPEND)

    texts = served_rows("trees", "trees", "geometry__ewkt")
    assert texts == [
        ("SRID=4326;POINT (4.9 52.3)",),
        (None,),
        ("SRID=4326;POINT (4.8 52.4)",),
    ]
    assert published.changes.rows == RowChanges(1, 0, 0)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"without": {"id": "1"}}, "say --append or --upsert with a file"),
        ({"mode": Mode.APPEND, "schema": "served"}, "leave --schema out"),
    ],
)
def test_it_refuses_what_does_not_go_together(
    trees: Publish, options: dict[str, Any], reason: str
) -> None:
    if options.get("schema"):
        options = {**options, "schema": trees(TREES).dataset}

    with pytest.raises(ImportingError, match=reason):
        trees(TREES, **options)


def test_it_counts_what_changes(trees: Publish) -> None:
    published = trees("id,name,height,note\n1,Oak,1.5,x\n2,Elm,9,\n4,Yew,1,\n")

    assert published.changes.lines() == [
        "1 row added, 1 removed, 1 changed",
        "fields added: note",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,name\n1,Oak\n", "field height is removed"),
        ("id,name,height\n1,Oak,high\n", "field height is string, was number"),
        ("id,name,height\n1,Oak,1\n1,Elm,2\n", "1 faults"),
    ],
)
def test_it_refuses_what_breaks_clients(
    trees: Publish, served_rows, text: str, reason: str
) -> None:
    with pytest.raises((BreakingChangeError, RefusedError)) as raised:
        trees(text)

    if isinstance(raised.value, BreakingChangeError):
        assert reason in str(raised.value)
        assert "--breaking publishes it as v2, beside v1" in str(raised.value)
    assert len(served_rows("trees", "trees", "id")) == 3


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "id,name,height\n1,,1\n",
            ["0 rows added, 2 removed, 1 changed", "field name: may be empty now"],
        ),
        (
            "id,name,height\n",
            ["0 rows added, 3 removed, 0 changed", "no row is left of 3"],
        ),
    ],
)
def test_it_says_what_becomes_empty(
    trees: Publish, text: str, lines: list[str]
) -> None:
    published = trees(text)

    assert published.changes.lines() == lines
    assert published.dataset.version == "v1"


def test_it_refuses_another_key(trees: Publish) -> None:
    with pytest.raises(BreakingChangeError, match="identified by name, were by id"):
        trees(TREES, key="name")


def test_it_publishes_what_breaks_as_a_new_version(trees: Publish, served_rows) -> None:
    trees("id\n1\n", table="other")

    published = trees("id,name\n1,Oak\n", breaking=True)

    assert (published.dataset.version, published.dataset.release) == ("v2", "2.0.0")
    assert not published.is_default
    assert [t.id for t in published.dataset.tables] == ["other", "trees"]
    assert len(served_rows("trees", "trees", "height")) == 3
    again = trees("id,name\n1,Oak\n2,Elm\n", breaking=True)
    assert again.dataset.version == "v2"
    assert again.changes.rows == RowChanges(1, 0, 0)


def test_it_moves_the_default(trees: Publish) -> None:
    first = trees(TREES)
    trees("id,name\n1,Oak\n", breaking=True)

    make_default("trees", "v2")

    assert DatasetVersion.objects.get(is_default=True).name == "v2"
    assert roll_back("trees", to=first.snapshot_id).pk == first.snapshot_id
    with pytest.raises(
        ImportingError, match="serves no version 'v9'; it serves v1, v2"
    ):
        make_default("trees", "v9")


def test_it_goes_by_the_version_that_a_schema_names(trees: Publish) -> None:
    first = trees(TREES)
    trees("id,name\n1,Oak\n", breaking=True)

    published = trees(TREES, schema=first.dataset)

    assert published.dataset.version == "v1"
    assert published.changes.rows == RowChanges(0, 0, 0)


def test_it_refuses_rows_that_are_too_wide(publish_text: Publish) -> None:
    names = ",".join(f"c{number}" for number in range(1400))
    cells = ",".join(["a text of some length"] * 1400)

    with pytest.raises(RefusedError) as raised:
        publish_text(f"{names}\n{cells}\n")

    assert "does not fit PostgreSQL" in str(next(iter(raised.value.faults)))


def test_it_adds_a_table_to_the_version_of_its_schema(trees: Publish) -> None:
    trees("id\n1\n", table="other")
    trees("id\n1\n2\n", table="trees", breaking=True)
    table = Table("parks", (Field("id", "integer", required=True),))
    schema = DatasetSchema("trees", (table,), version="v2", release="2.0.0")

    published = trees("id\n7\n", table="parks", schema=schema)

    second = DatasetVersion.objects.select_related("current").get(name="v2")
    assert published.snapshot_id == second.current_id
    links = second.current.snapshottable_set.select_related("physical")
    counts = {link.table: link.physical.row_count for link in links}
    assert counts == {"other": 1, "trees": 2, "parks": 1}
    assert {t.id for t in published.dataset.tables} == set(counts)


def test_it_activates_snapshots_of_any_version(trees: Publish) -> None:
    trees(TREES)
    first = trees("id,name\n1,Oak\n", breaking=True).snapshot_id
    trees("id,name\n1,Oak\n2,Elm\n")

    roll_back("trees", to=first)

    served = dict(DatasetVersion.objects.values_list("name", "current"))
    assert served["v2"] == first
    assert served["v1"] not in (None, first)
