"""Reads a schema from disk or a URL: a table, or a dataset with its tables."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from data_service.schemas.parsing import parse_dataset, parse_table
from data_service.schemas.tables import Dataset
from shared.fetching import FetchError, Limits
from shared.fetching.downloading import download

from .errors import UnsupportedFileError

_LIMITS = Limits(max_bytes=1 << 20, seconds=10.0)


def find_schema(place: str) -> Dataset:
    """Give the dataset that a file or an address describes; raises as those do."""
    if place.startswith(("http://", "https://")):
        return fetch_schema(place)
    return read_schema(Path(place))


def read_schema(path: Path) -> Dataset:
    """Give the dataset that a file describes; of a lone table, one without an id.

    Raises:
        UnsupportedFileError: When a file is missing or no JSON.
        SchemaError: With every fault of the schema.
    """
    return _parsed(_read(path), path.parent)


def fetch_schema(url: str) -> Dataset:
    """Give the dataset that an address answers; of a lone table, one without an id.

    Raises:
        UnsupportedFileError: When it cannot be fetched, or is no JSON.
        SchemaError: With every fault of the schema.
    """
    with TemporaryDirectory(prefix="kade-") as folder:
        target = Path(folder) / "schema.json"
        try:
            download(url, target, limits=_LIMITS, trusted=settings.TRUSTED_ORIGINS)
            return _parsed(json.loads(target.read_bytes()), None)
        except (FetchError, ValueError, RecursionError) as error:
            raise UnsupportedFileError(f"{url}: {error}") from error


def _parsed(document: Any, folder: Path | None) -> Dataset:
    if isinstance(document, dict) and document.get("type") == "table":
        return Dataset(id="", tables=(parse_table(document),))
    return parse_dataset(_with_tables(document, folder))


def _with_tables(document: Any, folder: Path | None) -> Any:
    """Put the tables that stand in files of their own (`$ref`) in their places."""
    versions = document.get("versions") if isinstance(document, dict) else None
    for version in versions.values() if isinstance(versions, dict) else ():
        tables = version.get("tables") if isinstance(version, dict) else None
        if isinstance(tables, list):
            version["tables"] = [_resolve(table, folder) for table in tables]
    return document


def _resolve(table: Any, folder: Path | None) -> Any:
    reference = table.get("$ref") if isinstance(table, dict) else None
    if not isinstance(reference, str) or "schema" in table:
        return table
    if folder is None:
        raise UnsupportedFileError(
            f"its table {reference} stands elsewhere: give the address of that table"
        )
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
    except (ValueError, RecursionError) as error:
        raise UnsupportedFileError(f"{path} is no JSON: {error}") from error
