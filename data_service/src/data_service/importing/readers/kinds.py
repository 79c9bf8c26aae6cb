"""The kinds of files that can be read: their names, media types and modules.

A reader's module is imported when a file of its kind is opened, by name: the heavy
ones are an extra, and no web process may load them (ADR 0024).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Any

from data_service.importing.errors import MissingExtraError, UnsupportedFileError

ZIP = "zip"
_EXTRA = {"pyarrow": "files", "pyogrio": "files", "python_calamine": "files"}


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Attributes:
        name: As in `--format`.
        suffixes: What names of such files end in.
        media_types: What HTTP calls it.
        module: Where its reader is, beside this module; empty for an archive.
        reader: The class, or the function that chooses one.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    module: str = ""
    reader: str = ""


KINDS = (
    Kind(
        "csv",
        (".csv", ".tsv", ".tab", ".txt", ".dat", ".psv"),
        ("text/csv", "text/tab-separated-values", "text/plain"),
        "csv",
        "CsvReader",
    ),
    Kind(
        "geojson",
        (".geojson", ".json"),
        ("application/geo+json", "application/json"),
        "any_json",
        "open_json",
    ),
    Kind(
        "ndjson",
        (".ndjson", ".jsonl", ".ndgeojson", ".geojsonl", ".geojsons"),
        (
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/geo+json-seq",
        ),
        "any_json",
        "open_json",
    ),
    Kind(
        "xlsx",
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel",
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        "xlsx",
        "XlsxReader",
    ),
    Kind(
        "parquet",
        (".parquet", ".geoparquet", ".pq"),
        ("application/vnd.apache.parquet",),
        "parquet",
        "ParquetReader",
    ),
    Kind(
        "gpkg",
        (".gpkg",),
        ("application/geopackage+sqlite3",),
        "layers",
        "LayerReader",
    ),
    Kind("shp", (".shp",), (), "layers", "LayerReader"),
    Kind(ZIP, (".zip",), ("application/zip",)),
)
FORMATS = tuple(kind.name for kind in KINDS if kind.name != "shp")
_PACKED = (".gz", ".zip")


def kind_of(name: str, form: str = "") -> Kind:
    """Give the kind that a file is said to be of, or that its name says.

    Raises:
        UnsupportedFileError: When there is none.
    """
    suffix = PurePath(name).suffix.lower()
    for kind in KINDS:
        if form in (kind.name, *kind.suffixes) or (
            not form and suffix in kind.suffixes
        ):
            return kind
    accepted = ", ".join(s for kind in KINDS for s in kind.suffixes if s != ".shp")
    raise UnsupportedFileError(
        f"{name} cannot be read; use a file whose name ends in {accepted}, "
        f"or say its format: {', '.join(FORMATS)}"
    )


def format_of(media_type: str) -> str:
    """Give the name of the kind that HTTP calls so; empty for none."""
    plain = media_type.partition(";")[0].strip().lower()
    return next((kind.name for kind in KINDS if plain in kind.media_types), "")


def stem_of(name: str) -> str:
    """Give a file's name without the suffixes of its kind and packing."""
    path = PurePath(name)
    known = {s for kind in KINDS for s in kind.suffixes} | set(_PACKED)
    while path.suffix.lower() in known and path.stem:
        path = path.with_name(path.stem)
    return path.name


def load_reader(kind: Kind) -> Any:
    """Import what reads files of a kind.

    Raises:
        MissingExtraError: When a package that it needs is not installed.
    """
    try:
        module = import_module(f"{__package__}.{kind.module}")
    except ModuleNotFoundError as error:
        extra = _EXTRA.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        raise MissingExtraError(
            f"reading {kind.name} needs an extra: "
            f"pip install 'kade-data-service[{extra}]'"
        ) from error
    return getattr(module, kind.reader)
