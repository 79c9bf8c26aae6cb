"""Reads a schema from disk: a table, or a dataset with the tables that it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from data_service.schemas.parsing import parse_dataset, parse_table
from data_service.schemas.tables import Dataset

from .errors import UnsupportedFileError


def read_schema(path: Path) -> Dataset:
    """Give the dataset that a file describes; of a lone table, one without an id.

    Raises:
        UnsupportedFileError: When a file is missing or no JSON.
        SchemaError: With every fault of the schema.
    """
    document = _read(path)
    if isinstance(document, dict) and document.get("type") == "table":
        return Dataset(id="", tables=(parse_table(document),))
    return parse_dataset(_with_tables(document, path.parent))


def _with_tables(document: Any, folder: Path) -> Any:
    """Put the tables that stand in files of their own (`$ref`) in their places."""
    versions = document.get("versions") if isinstance(document, dict) else None
    for version in versions.values() if isinstance(versions, dict) else ():
        tables = version.get("tables") if isinstance(version, dict) else None
        if isinstance(tables, list):
            version["tables"] = [_resolve(table, folder) for table in tables]
    return document


def _resolve(table: Any, folder: Path) -> Any:
    reference = table.get("$ref") if isinstance(table, dict) else None
    if not isinstance(reference, str) or "schema" in table:
        return table
    target = (folder / reference).with_name(Path(reference).name)
    if target.suffix != ".json":
        target = target.with_name(f"{target.name}.json")
    if not target.resolve().is_relative_to(folder.resolve()):
        raise UnsupportedFileError(f"{reference} lies outside of the schema's folder")
    return _read(target)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnsupportedFileError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise UnsupportedFileError(f"{path} is no JSON: {error}") from error
