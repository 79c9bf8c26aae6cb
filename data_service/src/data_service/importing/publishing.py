"""Publish a file: read, check, cast, compare, and serve it, or say why not.

All of it is one transaction: whoever kills it leaves nothing behind, and readers see
the old rows until the new ones are complete (ADR 0002).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from django.conf import settings
from django.db import connection, transaction

from data_service.crs.systems import is_degrees
from data_service.models import DatasetVersion, Import, PhysicalTable
from data_service.schemas.tables import Dataset, Table

from . import imports
from .asking import option
from .casting import Connection
from .changes import Changes, compare_fields, compare_rows
from .clashes import check_names
from .downloads import request_downloads
from .errors import BreakingChangeError, MovedError
from .filling import Filled, Filling, fill_table
from .indexing import index_table
from .inferring import numbers_rows
from .locking import begin_import, lock_versions_to_switch
from .merging import drop_table
from .progress import Progress, Silent
from .publications import Mode, Publication, Published
from .rendering import is_worth_storing, request_rendering
from .revising import revise_table
from .served import Served, find_served, next_version
from .snapshots import activate_snapshot, make_snapshot
from .unpacking import unpacked

__all__ = ["Mode", "Publication", "Published", "publish"]


def publish(
    publication: Publication,
    progress: Progress | None = None,
    *,
    record: Import | None = None,
) -> Published:
    """Publish a file as a table of a dataset.

    Args:
        publication: The file, and what is to become of it.
        progress: Is told how far it is.
        record: Of an import that waited; without, there will be a new one.

    Raises:
        ImportingError: When that cannot be; RefusedError with the faults of the file.
    """
    dataset, table = publication.names()
    path = publication.schema.path if publication.schema else ""
    check_names(dataset, table, path or dataset)
    if record is None:
        record = imports.start(dataset, table, publication.source, publication.by)
    with imports.finishing(record), _ready(publication) as ready:
        publisher = _Publisher(ready, dataset, table, progress or Silent())
        with transaction.atomic():
            published = publisher.run(record)
            if publication.dry_run:
                transaction.set_rollback(True)
                record.snapshot = record.physical = None
    return published


@contextmanager
def _ready(publication: Publication) -> Iterator[Publication]:
    """Give the publication with a file that is not packed."""
    publication.check()
    if publication.path is None:
        yield publication
        return
    with unpacked(
        publication.path,
        form=publication.form,
        part=publication.part,
        most_bytes=settings.MAX_FILE_BYTES,
    ) as file:
        yield replace(publication, path=file.path, form=file.form, part=file.part)


class _Publisher:
    """One import, step by step, within one transaction."""

    def __init__(
        self, publication: Publication, dataset: str, table: str, progress: Progress
    ) -> None:
        self.publication = publication
        self.dataset = dataset
        self.table = table
        self.progress = progress

    def run(self, record: Import) -> Published:
        """Do all of it; give what became of the file."""
        raw = _raw_connection()
        begin_import(raw, self.dataset)
        imports.fail_killed(self.dataset, running=record)
        served = find_served(self.dataset, self.publication.schema)
        physical = PhysicalTable.objects.create()
        filled = self._fill(raw, physical, served)
        if self._removes_nothing(served, filled):
            drop_table(raw, physical.name)
            physical.delete()
            return self._leave(record, served, filled)
        physical.row_count = filled.rows
        physical.statistics = filled.statistics
        physical.save(update_fields=["row_count", "statistics"])
        changes = self._compare(raw, served, filled, physical)
        version = self._version(served, changes)
        if not self.publication.dry_run:
            index_table(raw, physical.name, filled, self.progress)
        self.progress.step("activating")
        self._lock(served)
        dataset, tables = _with_table(self.publication, served, filled.table)
        dataset = replace(dataset, id=self.dataset, version=version)
        if version != served.version:
            dataset = replace(dataset, release=f"{version[1:]}.0.0")
        snapshot_id = self._activate(
            record, dataset, {**tables, filled.table.id: physical}
        )
        return Published(
            dataset,
            filled.table,
            filled.rows,
            filled.doubts,
            None if self.publication.dry_run else snapshot_id,
            changes,
            _is_default(self.dataset, version),
        )

    def _removes_nothing(self, served: Served, filled: Filled) -> bool:
        """Tell whether rows were to go, none to come, and none went."""
        before = served.table(self.table)
        is_same = before is not None and before[1].row_count == filled.rows
        return self.publication.path is None and is_same

    def _leave(self, record: Import, served: Served, filled: Filled) -> Published:
        """Go on with what is served: another snapshot would push out an older one."""
        self.progress.compared(["nothing removed"])
        dataset = cast(Dataset, served.dataset)
        record.rows, record.snapshot_id = filled.rows, served.snapshot
        record.physical = served.tables[self.table]
        return Published(
            dataset,
            filled.table,
            filled.rows,
            filled.doubts,
            None if self.publication.dry_run else served.snapshot,
            is_default=_is_default(self.dataset, served.version),
            is_new=False,
        )

    def _lock(self, served: Served) -> None:
        """Keep others from moving the pointer from here on.

        Until now they could, for an import may take an hour: who stops serving, or goes
        back, does so at once, and it is the import that gives in.

        Raises:
            MovedError: When somebody has.
            HeldError: When somebody keeps them locked.
        """
        lock_versions_to_switch(self.dataset)
        now = find_served(self.dataset, self.publication.schema)
        if (now.version, now.snapshot) != (served.version, served.snapshot):
            raise MovedError

    def _fill(self, raw: Connection, physical: PhysicalTable, served: Served) -> Filled:
        before = served.table(self.table)
        publication = self.publication
        is_whole = publication.mode is Mode.REPLACE and not publication.without
        if publication.path is None or (before and not is_whole):
            return revise_table(
                raw, publication, (self.table, physical, before), self.progress
            )
        filling = Filling(
            path=publication.path,
            name=physical.name,
            table=self.table,
            form=publication.form,
            part=publication.part,
            crs=publication.crs,
            schema=publication.schema,
            key=publication.key,
            numbers_on=_numbers_rows(publication.schema, self.table),
            served=before[0] if before else None,
            mend_geometry=publication.mend_geometry,
        )
        return fill_table(raw, filling, self.progress)

    def _compare(
        self, raw: Connection, served: Served, filled: Filled, physical: PhysicalTable
    ) -> Changes | None:
        before = served.table(self.table)
        if before is None:
            return None
        self.progress.step("comparing")
        old_table, old_physical = before
        changes = Changes(
            compare_fields(old_table, filled.table),
            compare_rows(
                raw,
                (old_physical.name, old_table),
                (physical.name, filled.table),
            ),
            filled.rows,
        )
        self.progress.compared(changes.lines())
        return changes

    def _version(self, served: Served, changes: Changes | None) -> str:
        """Give the version for the rows: a new one for a change that breaks clients.

        Raises:
            BreakingChangeError: When nobody asked for one.
        """
        reasons = changes.fields.reasons if changes else ()
        if not reasons:
            return served.version
        following = next_version(self.dataset)
        if not self.publication.breaking:
            raise BreakingChangeError(
                f"this would break clients of {served.version}: {'; '.join(reasons)}. "
                f"{option('breaking')} publishes it as {following}, "
                f"beside {served.version}{self._other_way(served, changes)}"
            )
        return following

    def _other_way(self, served: Served, changes: Changes | None) -> str:
        """Say how points stay that were made because their CRS was told."""
        before = served.table(self.table)
        if before is None or changes is None or self.publication.crs:
            return ""
        gone = [before[0].by_id[name] for name in changes.fields.removed]
        told = [field.crs for field in gone if field.type.is_geometry]
        others = [crs for crs in told if not is_degrees(crs)]
        return f"; {option('crs is').format(others[0])} keeps it" if others else ""

    def _activate(
        self, record: Import, dataset: Dataset, tables: dict[str, PhysicalTable]
    ) -> int:
        physical = tables[self.table]
        snapshot = make_snapshot(dataset, tables, by=self.publication.by)
        activate_snapshot(snapshot)
        if is_worth_storing(physical):
            request_rendering(physical)
        request_downloads(physical)
        record.rows, record.snapshot = physical.row_count, snapshot
        record.physical = physical
        return snapshot.pk


def _numbers_rows(schema: Dataset | None, table_id: str) -> bool:
    table = schema.table(table_id) if schema else None
    return table is not None and numbers_rows(table)


def _with_table(
    publication: Publication, served: Served, table: Table
) -> tuple[Dataset, dict[str, PhysicalTable]]:
    """Put the table among those that the dataset serves now."""
    schema, base = publication.schema, served.dataset
    # The schema of a lone table says nothing of its dataset.
    described = (schema if schema and schema.id else base) or Dataset("", ())
    others = tuple(t for t in base.tables if t.id != table.id) if base else ()
    dataset = replace(described, tables=(*others, table))
    dataset_id, _ = publication.names()
    return _described(dataset, dataset_id, publication.about), served.tables


def _described(dataset: Dataset, dataset_id: str, about: Dataset | None) -> Dataset:
    names = ("title", "description", "license", "owner", "homepage", "keywords")
    given = {n: getattr(about, n) for n in names if about and getattr(about, n)}
    described = replace(dataset, **given)
    return described if described.title else replace(described, title=dataset_id)


def _is_default(dataset: str, version: str) -> bool:
    return DatasetVersion.objects.filter(
        dataset=dataset, name=version, is_default=True
    ).exists()


def _raw_connection() -> Connection:
    connection.ensure_connection()
    return cast(Connection, connection.connection)
