"""The options of `publish`, and what they ask for."""

from __future__ import annotations

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from data_service.importing.errors import ImportingError
from data_service.importing.publications import Mode, Publication
from data_service.importing.readers.kinds import FORMATS
from data_service.importing.schema_files import find_schema
from data_service.schemas.tables import Dataset


def add_options(parser: ArgumentParser) -> None:
    """Name the options."""
    add = parser.add_argument
    add("file", nargs="?", default="", help="a path, a URL, or - for standard input")
    add("--format", choices=FORMATS, default="", help="else from the name of the file")
    add("--sheet", "--layer", dest="part", default="", help="else the first one")
    add("--crs", default="", help="such as EPSG:28992, where the file does not tell")
    add("--dataset", default="", help="its id; else from the name of the file")
    add("--table", default="", help="its id; else from the name of the file")
    add("--schema", help="Amsterdam Schema that every cell must fit: a path or a URL")
    add("--key", default="", help="the column that identifies the rows")
    _add_modes(parser)
    add(
        "--mend-geometry",
        action="store_true",
        help="mend geometries that are not valid; they are refused otherwise",
    )
    add("--breaking", action="store_true", help="publish what breaks as a new version")
    add("--dry-run", action="store_true", help="do all but serve it")
    add("--title", default="", help="title of the dataset")
    add("--description", default="", help="what the dataset is about")
    add("--license", default="", help="such as CC0-1.0")
    add("--write-schema", type=Path, help="write the schema used to this file")
    add("--quiet", action="store_true", help="show only what went wrong")


def _add_modes(parser: ArgumentParser) -> None:
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument(
        *("--replace",),
        dest="mode",
        action="store_const",
        const=Mode.REPLACE,
        default=Mode.REPLACE,
        help="serve the rows of the file alone (this is what happens anyway)",
    )
    modes.add_argument(
        *("--append",),
        dest="mode",
        action="store_const",
        const=Mode.APPEND,
        help="add the rows of the file to those that are served",
    )
    modes.add_argument(
        *("--upsert",),
        dest="mode",
        action="store_const",
        const=Mode.UPSERT,
        help="the same, but a row with the same key is replaced",
    )
    parser.add_argument(
        "--delete-where",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help="first drop the served rows for which all of these are true",
    )


def publication_of(
    options: dict[str, Any], *, path: Path | None, name: str, form: str
) -> Publication:
    """Give what the options ask for.

    Raises:
        ImportingError: When one cannot be read.
        SchemaError: With every fault of the schema.
    """
    about = {name: options[name] for name in ("title", "description", "license")}
    return Publication(
        path=path,
        name=name,
        form=form,
        part=options["part"],
        crs=options["crs"],
        dataset=options["dataset"],
        table=options["table"],
        schema=find_schema(options["schema"]) if options["schema"] else None,
        key=options["key"],
        mode=options["mode"],
        without=read_conditions(options["delete_where"]),
        breaking=options["breaking"],
        about=Dataset(id="", tables=(), **about),
        by=_user(),
        dry_run=options["dry_run"],
        mend_geometry=options["mend_geometry"],
    )


def read_conditions(texts: list[str]) -> dict[str, str]:
    """Read FIELD=VALUE pairs.

    Raises:
        ImportingError: When one has no `=`, or a field is there twice.
    """
    pairs = [text.partition("=") for text in texts]
    if not all(field and sign for field, sign, _ in pairs):
        raise ImportingError("--delete-where needs FIELD=VALUE")
    conditions = {field: value for field, _, value in pairs}
    if len(conditions) < len(pairs):
        raise ImportingError("--delete-where has a field twice: no row has two values")
    return conditions


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
