"""The schema that was used for a file binds that file: it is read as before."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pyarrow as pa
import pytest
from pyarrow import parquet

from data_service.importing.errors import RefusedError
from data_service.importing.publishing import Mode
from data_service.schemas.parsing import parse_dataset
from data_service.schemas.writing import dataset_to_json

from .conftest import Publish, Rows

NUMBERED = "name\nOak\nElm\nOak\n"
FEATURES = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "x",
                "geometry": {"type": "Point", "coordinates": [4, 52]},
                "properties": {"id": 1, "note": ""},
            }
        ],
    }
)


def parquet_of(**columns: Sequence[object]) -> bytes:
    """Write a file of Parquet."""
    file = io.BytesIO()
    parquet.write_table(pa.table(columns), file)
    return file.getvalue()


FILES: dict[str, str | bytes] = {
    "nameless.csv": ",name\n0,Oak\n1,Elm\n",
    "trailing.csv": "id,name,\n1,Oak,\n2,Elm,\n",
    "signs.csv": "id,%,name\n1,5,Oak\n2,6,Elm\n",
    "double.csv": "id,name,name,Name\n1,a,b,c\n",
    "numbered.csv": NUMBERED,
    "empty.ndjson": '{"id": 1, "note": ""}\n{"id": 2, "note": "x"}\n',
    "features.geojson": FEATURES,
    "doubles.csv": "id,size,lon,lat\n1,.5,4.,.5\n2,-1.7976931348623157e308,5,52\n",
    "doubles.parquet": parquet_of(
        id=[1, 2], size=[1e300, 5e-324], all=[[1e300], [0.5]]
    ),
    "doubles.ndjson": '{"id": 1, "size": 1e300}\n{"id": 2, "size": 5e-324}\n',
    "nowhere.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "geometry": None, "properties": {"id": 1}}
            ],
        }
    ),
}


def rows_of(published, served_rows) -> Rows:
    columns = [f.column for f in published.table.fields]
    return served_rows(published.dataset.id, published.table.id, *columns)


@pytest.mark.parametrize("name", FILES)
def test_it_reads_the_file_as_before(
    publish_text: Publish, served_rows, name: str
) -> None:
    first = publish_text(FILES[name], name=name)
    before = rows_of(first, served_rows)
    schema = parse_dataset(json.loads(json.dumps(dataset_to_json(first.dataset))))

    again = publish_text(FILES[name], name=name, schema=schema)

    assert again.table.fields == first.table.fields
    assert rows_of(again, served_rows) == before


@pytest.mark.parametrize("name", set(FILES) - {"numbered.csv"})
def test_it_puts_the_same_rows_in_their_place(
    publish_text: Publish, served_rows, name: str
) -> None:
    first = publish_text(FILES[name], name=name)
    before = rows_of(first, served_rows)

    again = publish_text(FILES[name], name=name, mode=Mode.UPSERT)

    assert rows_of(again, served_rows) == before


def test_it_replaces_no_row_by_its_number(publish_text: Publish) -> None:
    publish_text(NUMBERED)

    with pytest.raises(RefusedError) as refused:
        publish_text(NUMBERED, mode=Mode.UPSERT)

    (fault,) = refused.value.faults
    assert (fault.column, fault.reason) == ("id", "is required, and has no column")


def test_it_still_wants_a_text_in_a_file_of_text(publish_text: Publish) -> None:
    first = publish_text("id,name\n1,Oak\n")

    with pytest.raises(RefusedError):
        publish_text("id,name\n1,\n", schema=first.dataset)
