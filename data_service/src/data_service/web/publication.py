"""A published dataset with its facts, its tables and their first rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data_service.downloading.kinds import KINDS
from data_service.models import DatasetVersion, Import, PhysicalTable, SnapshotTable
from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset, Field, Table
from shared.pages.origins import origin_of

from .first_rows import FirstRows, read_first_rows
from .places import download_url, service_url, table_url


@dataclass(frozen=True)
class FieldLine:
    """A field with what is known of its values."""

    field: Field
    is_key: bool
    nulls: int | None


@dataclass(frozen=True)
class DownloadLine:
    """A file of a table."""

    title: str
    url: str
    size: int
    sha256: str


@dataclass(frozen=True)
class TableSection:
    """A table of the page."""

    table: Table
    url: str
    row_count: int | None
    fields: tuple[FieldLine, ...]
    first: FirstRows
    downloads: tuple[DownloadLine, ...] = ()

    @property
    def has_units(self) -> bool:
        """Tell whether the column of units is worth its place."""
        return any(line.field.unit for line in self.fields)

    @property
    def has_meanings(self) -> bool:
        """Tell whether any field says what it means."""
        return any(line.field.title or line.field.description for line in self.fields)

    @property
    def has_nulls(self) -> bool:
        """Tell whether it is known how many values are empty."""
        return any(line.nulls is not None for line in self.fields)


@dataclass(frozen=True)
class Underway:
    """A file that was sent and is not served yet."""

    table: str
    step: str
    rows: int
    percentage: int


@dataclass(frozen=True)
class Publication:
    """What the page of a dataset shows."""

    dataset: Dataset
    title: str
    service_url: str
    homepage: str
    loaded_at: datetime | None
    loaded_by: str
    tables: tuple[TableSection, ...]
    underway: tuple[Underway, ...] = ()

    @property
    def row_count(self) -> int:
        """Add up the rows of the tables."""
        return sum(section.row_count or 0 for section in self.tables)


def find_publication(dataset_id: str) -> Publication | None:
    """Find what a dataset serves now under its default version, or None."""
    version = (
        DatasetVersion.objects.filter(
            dataset_id=dataset_id, is_default=True, current__isnull=False
        )
        .select_related("dataset", "current")
        .first()
    )
    return _publication(version) if version else None


def _publication(version: DatasetVersion) -> Publication:
    snapshot = version.current
    assert snapshot is not None  # noqa: S101 - the query says so
    dataset = parse_dataset(snapshot.schema)
    physical = {
        entry.table: entry.physical
        for entry in SnapshotTable.objects.filter(snapshot=snapshot)
        .select_related("physical")
        .prefetch_related("physical__downloads")
        .order_by("id")
    }
    loaded = [table for table in dataset.tables if table.id in physical]
    first = read_first_rows([(table, physical[table.id].name) for table in loaded])
    path = version.dataset.path
    return Publication(
        dataset=dataset,
        title=dataset.title or dataset.id,
        service_url=service_url(path),
        homepage=dataset.homepage if origin_of(dataset.homepage) else "",
        loaded_at=snapshot.activated_at,
        loaded_by=snapshot.created_by,
        tables=tuple(
            _section(table, path, physical[table.id], rows)
            for table, rows in zip(loaded, first, strict=True)
        ),
        underway=_find_underway(version.dataset_id),
    )


def _find_underway(dataset_id: str) -> tuple[Underway, ...]:
    """Find the imports of files that were sent and wait or run."""
    records = Import.objects.filter(
        dataset=dataset_id, state__in=Import.UNFINISHED, options__isnull=False
    )
    return tuple(
        Underway(
            record.table,
            record.step or record.state,
            record.rows_read,
            int(100 * record.share_read),
        )
        for record in records.order_by("pk")
    )


def _section(
    table: Table, path: str, physical: PhysicalTable, first: FirstRows
) -> TableSection:
    statistics = physical.statistics.get("fields", {})
    return TableSection(
        table=table,
        url=table_url(path, table.id),
        row_count=physical.row_count,
        fields=tuple(
            FieldLine(
                field=field,
                is_key=field.id in table.identifier,
                nulls=statistics.get(field.id, {}).get("nulls"),
            )
            for field in table.fields
        ),
        first=first,
        downloads=_downloads(table, path, physical),
    )


def _downloads(
    table: Table, path: str, physical: PhysicalTable
) -> tuple[DownloadLine, ...]:
    made = {d.kind: d for d in physical.downloads.all() if not d.problem}
    return tuple(
        DownloadLine(
            kind.title,
            download_url(path, table.id, kind.name),
            made[kind.name].size,
            made[kind.name].sha256,
        )
        for kind in KINDS
        if kind.name in made
    )
