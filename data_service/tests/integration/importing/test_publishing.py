"""Publishing a file, from its bytes to the rows that are served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data_service.importing.errors import (
    ImportingError,
    NameClashError,
    RefusedError,
    UnsupportedFileError,
)
from data_service.importing.publishing import Publication, Published, publish
from data_service.models import Dataset, DatasetVersion, Import, PhysicalTable, Snapshot
from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset as DatasetSchema
from data_service.schemas.tables import Field, Table

Publish = Callable[..., Published]
Read = Callable[..., list[tuple[Any, ...]]]

SCHEMA = DatasetSchema(
    "trees",
    (
        Table(
            "trees",
            (
                Field("id", "integer", required=True),
                Field("size", "number"),
                Field("tags", "array of string"),
                Field("counts", "array of integer"),
            ),
        ),
    ),
    title="Trees by the book",
)


def refusal(publish_text: Publish, text: str, **options: Any) -> list[str]:
    with pytest.raises(RefusedError) as raised:
        publish_text(text, **options)
    return [str(fault) for fault in raised.value.faults]


def test_it_serves_the_rows_of_a_file(publish_text: Publish, served_rows: Read) -> None:
    published = publish_text("id,name\n1,Oak\n2,Elm\n")

    assert published.rows == 2
    assert served_rows("trees", "trees", "_ordinal", "id", "name") == [
        (1, 1, "Oak"),
        (2, 2, "Elm"),
    ]


def test_it_casts_every_type(publish_text: Publish, served_rows: Read) -> None:
    publish_text(
        "id,size,alive,planted,seen,at,note\n"
        "1,1.50,TRUE,2020-02-29,2020-01-01T12:00:00+01:00,12:30,\n"
        "2,,,,2020-01-01 12:00:00,,a\\b\x1f\n"
    )

    first, second = served_rows(
        "trees", "trees", "size", "alive", "planted", "seen", "note"
    )
    noon = datetime(2020, 1, 1, 12, tzinfo=UTC)
    assert first[:3] == (Decimal("1.50"), True, date(2020, 2, 29))
    assert first[3:] == (noon.replace(hour=11), None)
    assert second == (None, None, None, noon, "a\\b\x1f")


def test_it_sorts_by_the_identifier(publish_text: Publish, served_rows: Read) -> None:
    publish_text("id,name\n10,c\n9,b\n-1,a\n")

    assert served_rows("trees", "trees", "_ordinal", "id") == [(1, -1), (2, 9), (3, 10)]


def test_it_sorts_text_by_code_point(publish_text: Publish, served_rows: Read) -> None:
    publish_text("code,n\nb,1\né,1\nB,1\na,1\n")

    assert [row[0] for row in served_rows("trees", "trees", "code")] == list("Babé")


def test_it_numbers_rows_without_identifier(
    publish_text: Publish, served_rows: Read
) -> None:
    publish_text("name\nb\nb\na\n")

    assert served_rows("trees", "trees", "id", "name") == [(1, "b"), (2, "b"), (3, "a")]


def test_it_stores_a_point_of_two_columns(
    publish_text: Publish, served_rows: Read
) -> None:
    publish_text("id,lat,lon\n1,52.30,4.9\n2,,\n")

    (first, second) = served_rows("trees", "trees", "geometry", "geometry__ewkt")
    assert first[0] == {"type": "Point", "coordinates": [4.9, 52.3]}
    assert first[1] == "SRID=4326;POINT (4.9 52.30)"
    assert second == (None, None)


def test_it_takes_a_file_without_rows(publish_text: Publish, served_rows: Read) -> None:
    published = publish_text("id,name\n")

    assert (published.rows, served_rows("trees", "trees", "id")) == (0, [])


def test_it_keeps_the_schema_and_the_statistics(publish_text: Publish) -> None:
    published = publish_text("id,POST CODE\n1,\n2,x\n", dataset="green")

    snapshot = Snapshot.objects.get(pk=published.snapshot_id)
    assert parse_dataset(snapshot.schema) == published.dataset
    assert published.table.by_id["postCode"].provenance == "POST CODE"
    statistics = PhysicalTable.objects.get().statistics
    assert statistics["fields"] == {"id": {"nulls": 0}, "postCode": {"nulls": 1}}
    assert statistics["average_row_bytes"] > 0


def test_it_switches_to_the_new_rows(publish_text: Publish, served_rows: Read) -> None:
    publish_text("id,name\n1,Oak\n")

    publish_text("id,name\n2,Elm\n")

    assert served_rows("trees", "trees", "name") == [("Elm",)]
    assert Snapshot.objects.count() == 2


def test_it_adds_tables_to_a_dataset(publish_text: Publish, served_rows: Read) -> None:
    publish_text("id\n1\n", dataset="green", table="trees")

    published = publish_text("id\n2\n", dataset="green", table="parks")

    assert [table.id for table in published.dataset.tables] == ["trees", "parks"]
    assert served_rows("green", "trees", "id") == [(1,)]
    assert served_rows("green", "parks", "id") == [(2,)]


def test_it_keeps_what_was_said_of_a_dataset(publish_text: Publish) -> None:
    about = DatasetSchema("", (), title="Green", license="CC0-1.0")
    publish_text("id\n1\n", about=about)

    published = publish_text("id\n2\n", about=DatasetSchema("", (), license="MIT"))

    assert (published.dataset.title, published.dataset.license) == ("Green", "MIT")


def test_it_serves_nothing_after_a_dry_run(publish_text: Publish) -> None:
    published = publish_text("id\n1\n", dry_run=True)

    assert (published.rows, published.snapshot_id) == (1, None)
    assert not Dataset.objects.exists()
    assert Import.objects.get().state == Import.State.DONE


def test_it_records_what_was_done(publish_text: Publish) -> None:
    published = publish_text("id\n1\n")

    record = Import.objects.get()
    assert (record.state, record.rows, record.started_by) == ("done", 1, "test")
    assert record.snapshot_id == published.snapshot_id
    assert record.finished_at is not None


def test_it_leaves_what_is_served_when_it_refuses(
    publish_text: Publish, served_rows: Read
) -> None:
    publish_text("id,name\n1,Oak\n")

    told = refusal(publish_text, "id,name\n1,Elm,x\n2\n")

    assert len(told) == 2
    assert served_rows("trees", "trees", "name") == [("Oak",)]
    record = Import.objects.order_by("-pk")[0]
    assert (record.state, record.fault_count) == ("refused", 2)
    assert record.faults[0]["line"] == 2


def test_it_names_rows_with_one_key(publish_text: Publish) -> None:
    told = refusal(publish_text, "id,name\n1,a\n2,b\n1,c\n,d\n", key="id")

    assert told == [
        "line 5, column 'id' is empty, and identifies the row",
        "line 4, column 'id': '1' identifies line 2 too",
    ]


def test_it_takes_another_column_when_the_first_has_doubles(
    publish_text: Publish,
) -> None:
    # The doubles stand in different batches, so that only the database sees them.
    rows = "".join(f"{n % 600},{n}\n" for n in range(700))

    published = publish_text(f"id,number\n{rows}")

    assert published.table.identifier == ("number",)


def test_it_binds_cells_to_a_schema(publish_text: Publish, served_rows: Read) -> None:
    text = 'id,size,tags,counts\n1,2.5,"a, b","[1,2]"\n2,,"[""c,d""]",3\n'

    published = publish_text(text, schema=SCHEMA)

    assert published.dataset.title == "Trees by the book"
    assert served_rows("trees", "trees", "tags", "counts") == [
        (["a", "b"], [1, 2]),
        (["c,d"], [3]),
    ]


def test_it_names_every_cell_that_does_not_fit(publish_text: Publish) -> None:
    told = refusal(publish_text, "id,size\n1,x\n2,3\n3,y\n", schema=SCHEMA)

    assert told == [
        "line 2, column 'size': 'x' is no number",
        "line 4, column 'size': 'y' is no number",
    ]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"schema": SCHEMA, "table": "parks"}, "has no table 'parks'; give --table"),
        ({"schema": SCHEMA, "key": "size"}, "identifies rows by 'id'"),
        ({"key": "nothing"}, "there is no column 'nothing'; there is id, size"),
    ],
)
def test_it_refuses_options_that_cannot_be(
    publish_text: Publish, options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ImportingError, match=reason):
        publish_text("id,size\n1,2\n", **options)

    assert Import.objects.get().state == Import.State.REFUSED


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"dataset": "Green Trees"}, "is no id"),
        ({"dataset": "x" * 101}, "xx…' is no id; give --dataset: a small letter"),
        ({"dataset": "v2"}, "means a version"),
        ({"table": "v1"}, "means a version"),
        ({"name": "1.csv", "dataset": "_"}, "is no id"),
    ],
)
def test_it_refuses_names(
    publish_text: Publish, options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NameClashError, match=reason):
        publish_text("id\n1\n", **options)


@pytest.mark.parametrize(
    ("dataset", "path", "table"),
    [
        ("green", "trees", "x"),
        ("green", "trees/oaks", "x"),
        ("green", "trees", "elms"),
        ("wood", "other/a", "trees"),
        ("wood", "other/a/1", "trees"),
    ],
)
def test_it_refuses_places_that_clash(
    publish_text: Publish, dataset: str, path: str, table: str
) -> None:
    publish_text("id\n1\n", dataset="other", table="a")
    Dataset.objects.create(id="deep", path="trees/oaks")
    Dataset.objects.create(id="deeper", path="trees/elms/1")
    Dataset.objects.create(id="flat", path="trees")
    tables = (Table(table, (Field("id", "integer"),)),)
    schema = DatasetSchema(dataset, tables, path=path)

    with pytest.raises(NameClashError, match="/v1/"):
        publish_text("id\n1\n", schema=schema, table=table)


def test_it_looks_where_the_dataset_lies_already(publish_text: Publish) -> None:
    Dataset.objects.create(id="nested", path="wood/trees")
    Dataset.objects.create(id="deep", path="wood/trees/elms/1")

    with pytest.raises(NameClashError, match="/v1/wood/trees/elms/1"):
        publish_text("id\n1\n", dataset="nested", table="elms")


def test_it_refuses_a_table_where_a_dataset_lies(publish_text: Publish) -> None:
    Dataset.objects.create(id="oaks", path="trees/oaks")

    with pytest.raises(NameClashError, match="/v1/trees/oaks"):
        publish_text("id\n1\n", dataset="trees", table="oaks")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "is a folder"), ("none.csv", "does not exist"), ("a.xyz", "cannot be read")],
)
def test_it_refuses_files(db: None, tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "a.xyz").write_text("x")

    with pytest.raises(UnsupportedFileError, match=reason):
        publish(Publication(path=tmp_path / name, dataset="trees", table="trees"))


def test_it_does_not_store_the_json_of_long_rows(publish_text: Publish) -> None:
    publish_text(f"id,text\n1,{'x' * 3000}\n", dataset="long")

    assert DatasetVersion.objects.get().current is not None
    assert not jobs()


def test_it_asks_for_the_json_of_short_rows(publish_text: Publish) -> None:
    publish_text("id\n1\n")

    assert jobs() == [
        ("data_service.tasks.render_rows", PhysicalTable.objects.get().pk)
    ]


def jobs() -> list[tuple[str, int]]:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return [
        (job.task_name, job.args["physical_id"])
        for job in ProcrastinateJob.objects.order_by("id")
        if job.task_name == "data_service.tasks.render_rows"
    ]
