"""`publish`: ids of features identify rows, unless a property holds all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from data_service.importing.progress import Silent
from data_service.importing.publishing import Publication, publish
from data_service.importing.readers.batches import BATCH_ROWS

from .conftest import Publish

Features = Sequence[dict[str, Any]]


def feature(number: int, code: int | str) -> dict[str, Any]:
    properties = {"code": code, "name": "Oak"}
    return {
        "type": "Feature",
        "id": f"tree.{number}",
        "geometry": None,
        "properties": properties,
    }


# The first batch is written when the last feature is read.
REPEATING = [feature(n, n) for n in range(BATCH_ROWS + 1)]
MISLEADING = [*REPEATING, feature(9999, "last")]


def collection(features: Features) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def lines(features: Features) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in features)


ways = pytest.mark.parametrize(
    ("name", "write"),
    [("a.geojson", collection), ("a.ndjson", lines), ("a.json", json.dumps)],
)


@ways
def test_it_leaves_out_ids_that_a_property_holds(
    publish_text: Publish, name: str, write: Callable[[Features], str]
) -> None:
    published = publish_text(write(REPEATING), name=name)

    assert [field.id for field in published.table.fields] == ["code", "name"]
    assert published.table.key.id == "code"
    assert "ids of features repeat 'code': left out" in published.doubts


@ways
def test_it_keeps_all_ids_when_the_last_is_another(
    publish_text: Publish,
    served_rows: Callable[..., list[Any]],
    name: str,
    write: Callable[[Features], str],
) -> None:
    published = publish_text(write(MISLEADING), name=name)

    rows = dict(served_rows("a", "a", "id", "code"))
    assert len(rows) == published.rows == len(MISLEADING)
    assert rows["tree.0"] == "0"
    assert rows["tree.9999"] == "last"
    assert published.table.key.id == "id"
    assert not any("ids of features" in doubt for doubt in published.doubts)


def test_it_says_that_it_reads_again(publish_text: Publish, tmp_path: Any) -> None:
    class Steps(Silent):
        def __init__(self) -> None:
            self.names: list[str] = []

        def step(self, name: str) -> None:
            self.names.append(name)

    steps, path = Steps(), tmp_path / "a.geojson"
    path.write_text(collection(MISLEADING))

    publish(Publication(path=path), steps)

    assert "reading again, with ids" in steps.names
