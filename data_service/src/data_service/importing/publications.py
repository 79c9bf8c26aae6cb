"""What is asked of an import, and what has become of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from data_service.crs.systems import RD
from data_service.schemas.tables import CRS84, Dataset, Table

from .asking import option
from .changes import Changes
from .errors import ImportingError
from .naming import camel_case
from .readers.kinds import stem_of


class Mode(StrEnum):
    """What becomes of the rows that are served now."""

    REPLACE = "replace"
    APPEND = "append"
    UPSERT = "upsert"


# An authority and a code, as they are stored.
_CRS = re.compile(rf"EPSG:\d{{4,6}}|{CRS84}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A file, and what is to become of it.

    Attributes:
        path: Of the file; None changes the rows that are served, by `without`.
        name: Of the file as it was given; empty takes that of the path.
        form: The name of its kind; empty takes that of its name.
        part: The sheet, the layer or the file in an archive; empty takes the first.
        crs: Of geometries whose file does not tell.
        dataset: Its id; empty takes the name of the file.
        table: Its id; empty takes that of the schema, or the name of the file.
        schema: Binding, if there is one: every cell that does not fit is a fault.
        key: The column that identifies the rows; empty finds one.
        mode: What becomes of the rows that are served now.
        without: Served rows with these values of fields go.
        breaking: Let a change that breaks clients make a new version.
        about: Title, licence and the like of the dataset; empty ones stay as they are.
        by: Who publishes.
        dry_run: Do everything but serve it.
        mend_geometry: Mend geometries that are not valid; they are refused otherwise.
    """

    path: Path | None
    name: str = ""
    form: str = ""
    part: str = ""
    crs: str = ""
    dataset: str = ""
    table: str = ""
    schema: Dataset | None = None
    key: str = ""
    mode: Mode = Mode.REPLACE
    without: Mapping[str, str] = field(default_factory=dict)
    breaking: bool = False
    about: Dataset | None = None
    by: str = ""
    dry_run: bool = False
    mend_geometry: bool = False

    @property
    def source(self) -> str:
        """Name where the rows come from."""
        return self.name or (self.path.name if self.path else "no file")

    def names(self) -> tuple[str, str]:
        """Give the ids of the dataset and the table.

        Raises:
            ImportingError: When there is no file to take them from.
        """
        if self.path is None and not (self.dataset and self.table):
            raise ImportingError(
                f"without a file, give {option('dataset')} and {option('table')}"
            )
        stem = camel_case(stem_of(self.source)) if self.path else ""
        dataset = self.dataset or (self.schema.id if self.schema else "") or stem
        table = self.table
        if not table and self.schema and len(self.schema.tables) == 1:
            table = self.schema.tables[0].id
        return dataset, table or stem or dataset

    def check(self) -> None:
        """Refuse what cannot be asked together.

        Raises:
            ImportingError: With what to do instead.
        """
        if self.without and self.mode is Mode.REPLACE and self.path:
            raise ImportingError(
                f"{option('delete where')} keeps other rows: "
                f"say {option('append')} or {option('upsert')} with a file"
            )
        if self.path is None and not self.without:
            raise ImportingError(f"give a file, or {option('delete where')}")
        if self.crs and not _CRS.fullmatch(self.crs):
            raise ImportingError(
                f"'{self.crs}' is no CRS: {option('crs')} takes a code of the EPSG, "
                f"such as {RD}, or {CRS84}"
            )
        if self.mode is not Mode.REPLACE and self.schema is not None:
            raise ImportingError(
                f"{option(self.mode)} reads the file by the schema that is served: "
                f"leave {option('schema')} out"
            )


@dataclass(frozen=True)
class Published:
    """What has become of a file; no snapshot after a dry run.

    `changes` is None when nothing was served before; the snapshot is not new when
    nothing changes.
    """

    dataset: Dataset
    table: Table
    rows: int
    doubts: tuple[str, ...]
    snapshot_id: int | None
    changes: Changes | None = None
    is_default: bool = True
    is_new: bool = True
