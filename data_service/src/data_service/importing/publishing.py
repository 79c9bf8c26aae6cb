"""Publish a file: read, check, cast, and serve it, or say why not.

All of it is one transaction: whoever kills it leaves nothing behind, and readers see
the old rows until the new ones are complete (ADR 0002).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from django.db import connection, transaction

from data_service.models import DatasetVersion, Import, PhysicalTable
from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset, Table

from . import imports
from .binding import Binding
from .casting import Casting, Connection, cast_rows, find_doubles, has_doubles
from .clashes import check_names
from .converting import convert_geometries
from .errors import ImportingError, RefusedError
from .faults import Faults
from .inferring import MISSING, Inference, Source, is_ordered
from .loading import load
from .locking import begin_import
from .naming import camel_case
from .profiling import Profile
from .progress import Progress, Silent
from .readers import open_reader
from .rendering import is_worth_storing, request_rendering
from .snapshots import activate_snapshot, make_snapshot
from .staging import Staging


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A file, and what is to become of it.

    Attributes:
        dataset: Its id; empty takes the name of the file.
        table: Its id; empty takes that of the schema, or the name of the file.
        schema: Binding, if there is one: every cell that does not fit is a fault.
        key: The column that identifies the rows; empty finds one.
        about: Title, licence and the like of the dataset; empty ones stay as they are.
        by: Who publishes.
        dry_run: Do everything but serve it.
    """

    path: Path
    dataset: str = ""
    table: str = ""
    schema: Dataset | None = None
    key: str = ""
    about: Dataset | None = None
    by: str = ""
    dry_run: bool = False


@dataclass(frozen=True)
class Published:
    """What has become of a file; no snapshot after a dry run."""

    dataset: Dataset
    table: Table
    rows: int
    doubts: tuple[str, ...]
    snapshot_id: int | None


def publish(publication: Publication, progress: Progress | None = None) -> Published:
    """Publish a file as a table of a dataset.

    Raises:
        ImportingError: When that cannot be; RefusedError with the faults of the file.
    """
    dataset, table = _names(publication)
    path = publication.schema.path if publication.schema else ""
    check_names(dataset, table, path or dataset)
    source = publication.path.name
    with imports.recorded(dataset, table, source, publication.by) as record:
        publisher = _Publisher(publication, dataset, table, progress or Silent())
        with transaction.atomic():
            published = publisher.run(record)
            if publication.dry_run:
                transaction.set_rollback(True)
                record.snapshot = record.physical = None
    return published


def _names(publication: Publication) -> tuple[str, str]:
    schema = publication.schema
    stem = camel_case(publication.path.stem)
    dataset = publication.dataset or (schema.id if schema else "") or stem
    table = publication.table
    if not table and schema and len(schema.tables) == 1:
        table = schema.tables[0].id
    return dataset, table or stem


class _Publisher:
    """One import, step by step, within one transaction."""

    def __init__(
        self, publication: Publication, dataset: str, table: str, progress: Progress
    ) -> None:
        self.publication = publication
        self.dataset = dataset
        self.table = table
        self.progress = progress
        self.faults = Faults()
        self.doubts: list[str] = []

    def run(self, record: Import) -> Published:
        """Do all of it; give what became of the file."""
        raw = _raw_connection()
        begin_import(raw, self.dataset)
        imports.fail_killed(self.dataset, running=record)
        loaded = self._load(raw)
        key = self._key(raw, loaded)
        table = loaded.plan.table(self.table, loaded.sources, key)
        self.progress.inferred(table, self.doubts)
        self.progress.step("converting geometries")
        convert_geometries(raw, loaded.sources, self.faults)
        self._refuse_faults()
        physical = self._cast(raw, loaded, key)
        self.progress.step("activating")
        return self._activate(record, table, physical)

    def _load(self, raw: Connection) -> _Loaded:
        reader = open_reader(self.publication.path, self.faults)
        self._refuse_faults()
        self.progress.opened(reader.facts)
        plan = self._plan()
        with Staging(raw, empty_is_null=reader.empty_is_null) as staging:
            profiles = load(reader, staging, self.progress, plan.check)
        self.doubts += reader.doubts
        sources = plan.sources(profiles, reader.crs, self.doubts)
        self._refuse_faults()
        average = staging.bytes // max(staging.rows, 1)
        return _Loaded(plan, profiles, sources, average)

    def _plan(self) -> Inference | Binding:
        """Choose what decides on the types: the schema, or the cells.

        Raises:
            ImportingError: When the schema does not have the table.
        """
        publication = self.publication
        if publication.schema is None:
            return Inference(publication.key)
        table = publication.schema.table(self.table)
        if table is None:
            known = ", ".join(t.id for t in publication.schema.tables)
            raise ImportingError(
                f"the schema has no table '{self.table}'; give --table: {known}"
            )
        if publication.key not in ("", table.key.id):
            raise ImportingError(f"the schema identifies rows by '{table.key.id}'")
        return Binding(table, self.faults)

    def _key(self, raw: Connection, loaded: _Loaded) -> Source:
        self.progress.step("checking keys")

        def is_unique(source: Source) -> bool:
            return is_ordered(source, loaded.profiles) or not has_doubles(raw, source)

        key = loaded.plan.key(loaded.sources, loaded.profiles, is_unique, self.doubts)
        if not is_ordered(key, loaded.profiles):
            find_doubles(raw, key, self.faults)
        self._refuse_faults()
        return key

    def _cast(self, raw: Connection, loaded: _Loaded, key: Source) -> PhysicalTable:
        self.progress.step("casting and indexing")
        physical = PhysicalTable.objects.create()
        ordered = is_ordered(key, loaded.profiles)
        casting = Casting(physical.name, loaded.sources, key, ordered)
        physical.row_count = cast_rows(raw, casting, self.faults)
        self._refuse_faults()
        physical.statistics = loaded.statistics()
        physical.save(update_fields=["row_count", "statistics"])
        return physical

    def _activate(
        self, record: Import, table: Table, physical: PhysicalTable
    ) -> Published:
        dataset, tables = _with_table(self.publication, self.dataset, table)
        snapshot = make_snapshot(
            dataset, {**tables, table.id: physical}, by=self.publication.by
        )
        activate_snapshot(snapshot)
        if is_worth_storing(physical):
            request_rendering(physical)
        record.rows, record.snapshot = physical.row_count, snapshot
        record.physical = physical
        is_served = not self.publication.dry_run
        return Published(
            dataset,
            table,
            physical.row_count or 0,
            tuple(self.doubts),
            snapshot.pk if is_served else None,
        )

    def _refuse_faults(self) -> None:
        if self.faults:
            raise RefusedError(self.faults)


@dataclass(frozen=True)
class _Loaded:
    """What is known once the whole file is staged."""

    plan: Inference | Binding
    profiles: list[Profile]
    sources: list[Source]
    average_row_bytes: int

    def statistics(self) -> dict[str, Any]:
        """Give what is known of the rows for good."""
        nulls = {
            s.field.id: {"nulls": max(self.profiles[i].nulls for i in s.columns)}
            for s in self.sources
            if s.columns and s.columns != MISSING
        }
        return {"fields": nulls, "average_row_bytes": self.average_row_bytes}


def _with_table(
    publication: Publication, dataset_id: str, table: Table
) -> tuple[Dataset, dict[str, PhysicalTable]]:
    """Put the table among those that the dataset serves now."""
    base, tables = _served(dataset_id)
    described = publication.schema or base or Dataset(dataset_id, ())
    others = tuple(t for t in base.tables if t.id != table.id) if base else ()
    dataset = replace(described, id=dataset_id, tables=(*others, table))
    return _described(dataset, publication.about), tables


def _described(dataset: Dataset, about: Dataset | None) -> Dataset:
    names = ("title", "description", "license", "owner", "homepage", "keywords")
    given = {n: getattr(about, n) for n in names if about and getattr(about, n)}
    described = replace(dataset, **given)
    return described if described.title else replace(described, title=dataset.id)


def _served(dataset_id: str) -> tuple[Dataset | None, dict[str, PhysicalTable]]:
    version = (
        DatasetVersion.objects.filter(dataset=dataset_id, current__isnull=False)
        .select_related("current")
        .order_by("-is_default")
        .first()
    )
    if version is None or version.current is None:
        return None, {}
    links = version.current.snapshottable_set.select_related("physical")
    tables = {link.table: link.physical for link in links}
    return parse_dataset(version.current.schema), tables


def _raw_connection() -> Connection:
    connection.ensure_connection()
    return cast(Connection, connection.connection)
