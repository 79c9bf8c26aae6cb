"""Datasets into Amsterdam Schema JSON, such that parsing gives the same dataset."""

from __future__ import annotations

from typing import Any

from .tables import CRS84, Dataset, Field, Table

_METASCHEMA = "https://schemas.data.amsterdam.nl/schema@v4.0.0#/definitions/schema"


def dataset_to_json(dataset: Dataset) -> dict[str, Any]:
    """Write a dataset with its tables inline, as Amsterdam Schema 4 has it."""
    return _without_empty(
        {
            "type": "dataset",
            "id": dataset.id,
            "title": dataset.title,
            "description": dataset.description,
            "license": dataset.license,
            "owner": dataset.owner,
            "homepage": dataset.homepage,
            "keywords": list(dataset.keywords),
            "auth": "OPENBAAR",
            "defaultVersion": dataset.version,
            "versions": {
                dataset.version: {
                    "enableAPI": True,
                    "status": "stable",
                    "version": dataset.release,
                    "tables": [table_to_json(table) for table in dataset.tables],
                }
            },
        }
    )


def table_to_json(table: Table) -> dict[str, Any]:
    """Write a table with the schema of its rows."""
    return _without_empty(
        {
            "id": table.id,
            "type": "table",
            "version": table.version,
            "status": "stable",
            "title": table.title,
            "description": table.description,
            "schema": _rows_to_json(table),
        }
    )


def _rows_to_json(table: Table) -> dict[str, Any]:
    identifier = table.identifier[0] if len(table.identifier) == 1 else None
    return _without_empty(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "additionalProperties": False,
            "identifier": identifier or list(table.identifier),
            "display": table.display,
            "mainGeometry": table.main_geometry,
            "required": ["schema", *(f.id for f in table.fields if f.required)],
            "properties": {
                "schema": {"$ref": _METASCHEMA},
                **{f.id: _field_to_json(f) for f in table.fields},
            },
        }
    )


def _field_to_json(field: Field) -> dict[str, Any]:
    return _without_empty(
        {
            **field.type.spec,
            "title": field.title,
            "description": field.description,
            "unit": field.unit,
            "enum": list(field.enum),
            "minimum": field.minimum,
            "maximum": field.maximum,
            # The metaschema knows longitude and latitude by this name only.
            "crs": "EPSG:4326" if field.crs == CRS84 else field.crs,
            "provenance": field.provenance,
        }
    )


def _without_empty(members: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in members.items() if v is not None and v not in ("", [])}
