"""Amsterdam Schema JSON into datasets, with every fault of it at once.

What a dataset of ours cannot express yet (relations, nested objects, time slices,
closed data) is a fault: dropping it would publish something else than was described.
Source: the metaschema of Amsterdam Schema, version 4.
"""

from __future__ import annotations

import re
from typing import Any

from .errors import SchemaError, SchemaFault
from .nodes import Node
from .properties import parse_property
from .tables import CRS84, Dataset, Field, Table

DATASET_ID = re.compile(r"[a-z][A-Za-z0-9]*")
LONGEST_ID = 100
ACCEPTED_ID = f"a small letter, then letters and digits, at most {LONGEST_ID} in all"
# Of geometries that say nothing of it themselves, in an Amsterdam Schema.
DEFAULT_CRS = "EPSG:28992"
_CRS = re.compile(r"EPSG:\d{4,6}")
# Longitude and latitude in that order, which the metaschema has no other name for.
_DEGREES = ("EPSG:4326", CRS84)
_TABLE_REFUSALS = {
    "temporal": "time slices cannot be published yet",
    "subresources": "subresources cannot be published yet",
}
_ROW_REFUSALS = {"additionalRelations": "relations cannot be published yet"}
_KEY_TYPES = ("string", "integer")


def is_id(name: str) -> bool:
    """Tell whether a name can be the id of a dataset or a table."""
    return len(name) <= LONGEST_ID and DATASET_ID.fullmatch(name) is not None


def parse_dataset(document: object, *, version: str = "") -> Dataset:
    """Give the default version of a dataset, or the one asked for.

    Args:
        document: The parsed JSON of a dataset whose tables stand inline.
        version: A key of its `versions`; empty means its default version.

    Raises:
        SchemaError: With every fault and its JSON pointer.
    """
    node = Node(document)
    dataset = _dataset(node, version)
    if node.faults:
        raise SchemaError(tuple(node.faults))
    return dataset


def parse_table(document: object) -> Table:
    """Give a table that stands alone in its own file.

    Raises:
        SchemaError: With every fault and its JSON pointer.
    """
    node = Node(document)
    table = _table(node, crs="")
    if node.faults:
        raise SchemaError(tuple(node.faults))
    return table


def _dataset(node: Node, version: str) -> Dataset:
    if not node.require_object():
        return Dataset(id="", tables=())
    _require_type(node, "dataset")
    node.refuse_closed()
    name, body = _version(node, version)
    crs = _crs(node, "")
    tables = tuple(_table(child, crs) for child in body.child("tables").items())
    _refuse_doubles(body.child("tables"), [t.id for t in tables])
    return Dataset(
        id=_identity(node, "id"),
        tables=tables,
        version=name,
        release=body.text("version") or "1.0.0",
        title=node.text("title"),
        description=node.text("description"),
        license=node.text("license"),
        owner=node.text("owner"),
        homepage=node.text("homepage"),
        keywords=tuple(child.as_text() for child in node.child("keywords").items()),
    )


def _version(node: Node, wanted: str) -> tuple[str, Node]:
    versions = node.child("versions")
    if not versions.require_object():
        return "v1", Node({})
    names = tuple(versions.members())
    name = wanted or node.text("defaultVersion") or (names[0] if names else "v1")
    body = versions.child(name)
    if not re.fullmatch(r"v\d+", name):
        body.fault(f"'{name}' is no version; write v1, v2, …")
    if name not in names:
        versions.fault(f"version '{name}' is missing; it has {', '.join(names)}")
        return name, Node({})
    if not body.require_object():
        return name, Node({})
    if not body.child("tables").value:
        body.child("tables").fault("a dataset needs at least one table")
    return name, body


def _table(node: Node, crs: str) -> Table:
    if not node.require_object():
        return Table(id="", fields=())
    if "$ref" in node.members() and "schema" not in node.members():
        node.fault("the file that $ref names was not read; write the table inline")
        return Table(id=node.text("id"), fields=())
    _require_type(node, "table")
    node.refuse_closed()
    _refuse(node, _TABLE_REFUSALS)
    rows = node.child("schema")
    if not rows.require_object():
        return Table(id=_identity(node, "id"), fields=())
    _refuse(rows, _ROW_REFUSALS)
    fields = _fields(rows, _crs(node, crs) or DEFAULT_CRS)
    return Table(
        id=_identity(node, "id"),
        fields=fields,
        identifier=_identifier(rows, fields),
        title=node.text("title"),
        description=node.text("description"),
        display=_known(rows, "display", fields),
        main_geometry=_known(rows, "mainGeometry", fields),
        version=node.text("version") or "1.0.0",
    )


def _fields(rows: Node, crs: str) -> tuple[Field, ...]:
    properties = rows.child("properties")
    if not properties.require_object():
        return ()
    required = {child.as_text() for child in rows.child("required").items()}
    names = [name for name in properties.members() if name != "schema"]
    for name in sorted(required - {*names, "schema"}):
        rows.child("required").fault(f"'{name}' is not one of the properties")
    return tuple(
        parse_property(
            properties.child(name),
            name,
            required=name in required,
            crs=_crs(properties.child(name), crs),
        )
        for name in names
    )


def _identifier(rows: Node, fields: tuple[Field, ...]) -> tuple[str, ...]:
    node = rows.child("identifier")
    value: Any = node.value if node.value not in (None, "", []) else "id"
    names = tuple(value) if isinstance(value, list) else (value,)
    if len(names) > 1:
        node.fault("a compound identifier cannot be published yet")
    field = next((f for f in fields if f.id == names[0]), None)
    if field is None:
        node.fault(f"'{names[0]}' is not one of the properties")
    elif field.type_name not in _KEY_TYPES:
        node.fault(f"'{field.id}' must be a string or an integer to identify rows")
    return tuple(map(str, names[:1]))


def _known(rows: Node, member: str, fields: tuple[Field, ...]) -> str:
    name = rows.text(member)
    if name and name not in {f.id for f in fields}:
        rows.child(member).fault(f"'{name}' is not one of the properties")
    return name


def _identity(node: Node, member: str) -> str:
    name = node.text(member)
    if not DATASET_ID.fullmatch(name):
        node.child(member).fault(
            f"'{name}' is no id; use letters and digits, a small letter first"
        )
    return name


def _crs(node: Node, inherited: str) -> str:
    name = node.text("crs")
    if not name:
        return inherited
    if name in _DEGREES:
        return CRS84
    if not _CRS.fullmatch(name):
        node.child("crs").fault(f"'{name}' cannot be stored; use EPSG:28992, EPSG:4326")
    return name


def _require_type(node: Node, kind: str) -> None:
    found = node.text("type")
    if found != kind:
        node.child("type").fault(f"'{found}' should be '{kind}'")


def _refuse(node: Node, refusals: dict[str, str]) -> None:
    for member, reason in refusals.items():
        if node.child(member).value:
            node.child(member).fault(reason)


def _refuse_doubles(node: Node, names: list[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            node.faults.append(
                SchemaFault(f"{node.pointer}/{index}/id", f"'{name}' is there twice")
            )
