"""What a table keeps of what is served: types, CRS, words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from data_service.importing.errors import BreakingChangeError

from .conftest import Publish

TREES = "id,name,height\n1,Oak,1.5\n2,Elm,2.5\n3,Ash,\n"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("id,x\n1,0363\n", "id,x\n1,1363\n", "string"),
        ("id,x\n1,1.5\n", "id,x\n1,2\n", "number"),
        ("id,x\n1,1.5\n", "id,x\n1,1.\n2,2.\n", "number"),
        ("id,x\n1,5\n", "id,x\n1,\n", "integer"),
        ("id,x\n1,a\n", 'id,x\n1,"1,5"\n', "string"),
        (
            'id,x\n1,POINT (4 52)\n2,"LINESTRING (4 52,5 52)"\n',
            "id,x\n1,POINT (4 52)\n",
            "Geometry",
        ),
    ],
)
def test_it_keeps_the_types_that_are_served(
    publish_text: Publish, before: str, after: str, kind: str
) -> None:
    publish_text(before)

    published = publish_text(after)

    assert published.table.by_id["x"].type_name == kind
    assert any("as it is served" in doubt for doubt in published.doubts)


@pytest.mark.parametrize(
    ("served", "later", "place"),
    [
        ("EPSG:7415", "EPSG:28992", [121000, 487000, 2.5]),
        ("EPSG:28992", "EPSG:7415", [121000, 487000]),
        ("EPSG:7415", "", [121000, 487000, 2.5]),
    ],
)
def test_it_keeps_the_name_of_a_crs_of_the_same_numbers(
    publish_text: Publish, served: str, later: str, place: list[float]
) -> None:
    point = {"type": "Point", "coordinates": place}
    rows = json.dumps({"id": 1, "geometry": point})
    publish_text(rows, name="t.ndjson", dataset="t", crs=served)

    published = publish_text(rows, name="t.ndjson", dataset="t", crs=later)

    assert published.table.by_id["geometry"].crs == served
    assert f"geometry: stays in {served}, as it is served" in published.doubts


def test_it_keeps_no_type_that_the_cells_do_not_have(publish_text: Publish) -> None:
    publish_text(TREES)

    with pytest.raises(BreakingChangeError, match="field id is number, was integer"):
        publish_text("id,name,height\n1.5,Oak,1\n", key="name")


def test_it_keeps_the_words_that_are_served(publish_text: Publish) -> None:
    first = publish_text(TREES)
    tables = (
        first.table.__class__(
            **{**vars_of(first.table), "title": "Trees", "display": "name"}
        ),
    )
    described = first.dataset.__class__(**{**vars_of(first.dataset), "tables": tables})
    publish_text(TREES, schema=described)

    assert publish_text(TREES).table.title == "Trees"


def vars_of(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}
