"""Amsterdam Schema JSON into datasets, with all faults at once."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from data_service.schemas.errors import SchemaError
from data_service.schemas.parsing import parse_dataset, parse_table
from data_service.schemas.tables import CRS84

TABLE: dict[str, Any] = {
    "id": "trees",
    "type": "table",
    "version": "2.1.0",
    "schema": {
        "type": "object",
        "identifier": ["id"],
        "required": ["schema", "id"],
        "display": "name",
        "mainGeometry": "place",
        "properties": {
            "schema": {"$ref": "https://example.org/schema"},
            "id": {"type": "integer"},
            "name": {"type": "string", "title": "Name", "provenance": "NAME"},
            "size": {"type": "number", "minimum": 0, "maximum": 9.5, "unit": "m"},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "tags": {"type": "array", "items": {"type": "string"}},
            "place": {"$ref": "https://geojson.org/schema/Point.json"},
        },
    },
}
DATASET: dict[str, Any] = {
    "id": "green",
    "type": "dataset",
    "title": "Green",
    "auth": "OPENBAAR",
    "keywords": ["tree"],
    "defaultVersion": "v1",
    "versions": {"v1": {"version": "1.2.3", "tables": [TABLE]}},
}


def changed(path: str, value: object) -> dict[str, Any]:
    """Give the dataset with one member set, by its JSON pointer."""
    document = deepcopy(DATASET)
    *parents, last = path.strip("/").split("/")
    node: Any = document
    for name in parents:
        node = node[int(name)] if isinstance(node, list) else node[name]
    node[last] = value
    return document


def faults_of(document: object) -> dict[str, str]:
    with pytest.raises(SchemaError) as raised:
        parse_dataset(document)
    return {fault.pointer: fault.reason for fault in raised.value.faults}


SCHEMA = "/versions/v1/tables/0/schema"


def test_it_reads_a_dataset() -> None:
    dataset = parse_dataset(DATASET)

    assert (dataset.id, dataset.version, dataset.release) == ("green", "v1", "1.2.3")
    assert (dataset.title, dataset.keywords) == ("Green", ("tree",))


def test_it_reads_a_table() -> None:
    table = parse_dataset(DATASET).tables[0]

    assert [f.id for f in table.fields] == [
        "id",
        "name",
        "size",
        "kind",
        "tags",
        "place",
    ]
    assert (table.identifier, table.display) == (("id",), "name")
    assert table.main_geometry == "place"


def test_it_reads_what_a_field_says() -> None:
    by_id = parse_dataset(DATASET).tables[0].by_id

    assert by_id["id"].required
    assert by_id["name"].provenance == "NAME"
    assert (by_id["size"].minimum, by_id["size"].maximum) == (0, 9.5)
    assert by_id["kind"].enum == ("a", "b")
    assert by_id["tags"].type_name == "array of string"


@pytest.mark.parametrize(
    ("path", "crs", "expected"),
    [
        ("/crs", None, "EPSG:28992"),
        ("/crs", "EPSG:4326", CRS84),
        ("/versions/v1/tables/0/crs", "EPSG:4326", CRS84),
        (f"{SCHEMA}/properties/place/crs", "EPSG:3857", "EPSG:3857"),
        (f"{SCHEMA}/properties/place/crs", "EPSG:7415", "EPSG:7415"),
    ],
)
def test_it_finds_the_crs(path: str, crs: str | None, expected: str) -> None:
    dataset = parse_dataset(changed(path, crs))

    assert dataset.tables[0].by_id["place"].crs == expected


@pytest.mark.parametrize(
    ("pointer", "value", "reason"),
    [
        ("/auth", "FP/MDW", "OPENBAAR"),
        ("/type", "table", "'table' should be 'dataset'"),
        ("/id", "Not-An-Id", "no id"),
        ("/crs", "RD", "cannot be stored"),
        ("/title", 7, "should be text"),
        ("/keywords", "tree", "should be a list"),
        ("/versions", None, "missing"),
        ("/versions/v1", 3, "should be an object"),
        ("/versions/v1/tables", [], "at least one table"),
        ("/versions/v1/tables/0/auth", ["FP/MDW"], "OPENBAAR"),
        ("/versions/v1/tables/0/temporal", {"identifier": "v"}, "time slices"),
        ("/versions/v1/tables/0/subresources", {"a": "b"}, "subresources"),
        ("/versions/v1/tables/0/schema", None, "missing"),
        (f"{SCHEMA}/properties", None, "missing"),
        (f"{SCHEMA}/additionalRelations", {"a": {}}, "relations"),
        (f"{SCHEMA}/identifier", ["id", "name"], "compound"),
        (f"{SCHEMA}/identifier", "nothing", "not one of the properties"),
        (f"{SCHEMA}/identifier", "place", "must be a string or an integer"),
        (f"{SCHEMA}/required", ["nothing"], "not one of the properties"),
        (f"{SCHEMA}/display", "nothing", "not one of the properties"),
        (f"{SCHEMA}/properties/name", "text", "should be an object"),
        (f"{SCHEMA}/properties/name/auth", "FP/MDW", "OPENBAAR"),
        (f"{SCHEMA}/properties/name/relation", "a:b", "relations"),
        (f"{SCHEMA}/properties/name/pattern", "^a", "cannot be checked"),
        (
            f"{SCHEMA}/properties/name",
            {"type": "string", "format": "email"},
            "'string/email' is unknown",
        ),
        (f"{SCHEMA}/properties/name/enum", [1], "of the type string"),
        (f"{SCHEMA}/properties/size/minimum", "0", "should be a number"),
        (f"{SCHEMA}/properties/bad_name", {"type": "string"}, "no id"),
        (f"{SCHEMA}/properties/name", {"type": "object"}, "nested objects"),
        (
            f"{SCHEMA}/properties/name",
            {"type": "array", "items": {"type": "object"}},
            "lists of object",
        ),
    ],
)
def test_it_refuses(pointer: str, value: object, reason: str) -> None:
    faults = faults_of(changed(pointer, value))

    found = [text for place, text in faults.items() if place.startswith(pointer)]
    assert any(reason in text for text in found), faults


def test_it_names_all_faults_at_once() -> None:
    document = changed("/auth", "FP/MDW")
    document["id"] = "2x"
    document["versions"]["v1"]["tables"][0]["temporal"] = {"identifier": "v"}

    faults = faults_of(document)

    assert {"/auth", "/id", "/versions/v1/tables/0/temporal"} <= set(faults)


def test_it_refuses_what_is_no_object() -> None:
    assert faults_of([]) == {"": "should be an object"}


def test_it_refuses_a_version_that_is_missing() -> None:
    with pytest.raises(SchemaError, match="version 'v2' is missing; it has v1"):
        parse_dataset(DATASET, version="v2")


def test_it_refuses_two_tables_with_one_id() -> None:
    faults = faults_of(changed("/versions/v1/tables", [TABLE, TABLE]))

    assert faults["/versions/v1/tables/1/id"] == "'trees' is there twice"


def test_it_refuses_a_table_in_another_file() -> None:
    reference = {"id": "trees", "$ref": "trees/v1"}

    with pytest.raises(SchemaError, match="was not read"):
        parse_dataset(changed("/versions/v1", {"tables": [reference]}))


def test_it_reads_a_table_of_its_own() -> None:
    assert parse_table(TABLE).id == "trees"


def test_it_refuses_a_table_that_is_none() -> None:
    with pytest.raises(SchemaError, match="should be an object"):
        parse_table("trees")


def test_it_escapes_pointers() -> None:
    faults = faults_of(changed(f"{SCHEMA}/properties", {"a/b~c": {"type": "string"}}))

    assert f"{SCHEMA}/properties/a~1b~0c" in faults
