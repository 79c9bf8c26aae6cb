"""Which snapshot of a dataset is served: one UPDATE switches it (ADR 0002)."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from data_service.models import (
    Dataset,
    DatasetVersion,
    PhysicalTable,
    Snapshot,
    SnapshotTable,
)
from data_service.schemas.tables import Dataset as DatasetSchema
from data_service.schemas.writing import dataset_to_json

from .errors import UnknownDatasetError, UnknownSnapshotError, UnknownVersionError
from .locking import lock_versions


@transaction.atomic
def make_snapshot(
    dataset: DatasetSchema, tables: Mapping[str, PhysicalTable], *, by: str
) -> Snapshot:
    """Note which physical table stands for which table; nothing is served yet."""
    version = _version_of(dataset)
    snapshot = Snapshot.objects.create(
        version=version, schema=dataset_to_json(dataset), created_by=by
    )
    SnapshotTable.objects.bulk_create(
        SnapshotTable(snapshot=snapshot, table=table, physical=physical)
        for table, physical in tables.items()
    )
    return snapshot


def _version_of(dataset: DatasetSchema) -> DatasetVersion:
    parent, _ = Dataset.objects.get_or_create(
        id=dataset.id, defaults={"path": dataset.path or dataset.id}
    )
    has_default = parent.versions.filter(is_default=True).exists()
    version, _ = parent.versions.get_or_create(
        name=dataset.version, defaults={"is_default": not has_default}
    )
    return version


@transaction.atomic
def activate_snapshot(snapshot: Snapshot) -> None:
    """Serve a snapshot, and forget the ones that are too old."""
    DatasetVersion.objects.filter(pk=snapshot.version_id).update(current=snapshot)
    Snapshot.objects.filter(pk=snapshot.pk).update(activated_at=timezone.now())
    _forget_old(snapshot.version_id)


@transaction.atomic
def roll_back(dataset_id: str, *, to: int | None = None) -> Snapshot:
    """Serve an earlier snapshot again: the one before, or the one asked for.

    Raises:
        UnknownDatasetError: When there is no such dataset.
        UnknownSnapshotError: When there is no such, or no earlier, snapshot.
        BusyError: When an import is just switching.
    """
    lock_versions(dataset_id)
    version = find_version(dataset_id)
    kept = version.snapshots.order_by("-pk")
    if to is not None:
        kept = list_snapshots(dataset_id)  # of any version
    elif version.current_id is not None:
        kept = kept.filter(pk__lt=version.current_id)
    snapshot = (kept if to is None else kept.filter(pk=to)).first()
    if snapshot is None:
        known = ", ".join(str(s.pk) for s in list_snapshots(dataset_id))
        wanted = "no earlier snapshot" if to is None else f"no snapshot {to}"
        raise UnknownSnapshotError(f"{dataset_id} has {wanted}; it has {known}")
    activate_snapshot(snapshot)
    return snapshot


@transaction.atomic
def make_default(dataset_id: str, name: str) -> None:
    """Serve a version under the address without a version too.

    Raises:
        UnknownDatasetError: When there is no such dataset.
        UnknownVersionError: When there is no such version, or it serves nothing.
        BusyError: When an import is just switching.
    """
    lock_versions(dataset_id)
    find_version(dataset_id)
    versions = DatasetVersion.objects.filter(dataset_id=dataset_id)
    served = versions.filter(current__isnull=False)
    if not served.filter(name=name).exists():
        known = ", ".join(served.order_by("pk").values_list("name", flat=True))
        raise UnknownVersionError(
            f"{dataset_id} serves no version '{name}'; it serves {known or 'none'}"
        )
    versions.filter(is_default=True).update(is_default=False)
    versions.filter(name=name).update(is_default=True)


@transaction.atomic
def unpublish(dataset_id: str) -> int:
    """Serve nothing of a dataset any more; give how many versions were served.

    Raises:
        UnknownDatasetError: When there is no such dataset.
        BusyError: When an import is just switching.
    """
    lock_versions(dataset_id)
    find_version(dataset_id)
    return DatasetVersion.objects.filter(
        dataset_id=dataset_id, current__isnull=False
    ).update(current=None)


def list_snapshots(dataset_id: str) -> QuerySet[Snapshot]:
    """Give the snapshots of a dataset that are kept, newest first."""
    find_version(dataset_id)
    return (
        Snapshot.objects.filter(version__dataset_id=dataset_id)
        .select_related("version")
        .order_by("-pk")
    )


def find_version(dataset_id: str) -> DatasetVersion:
    """Give the default version of a dataset.

    Raises:
        UnknownDatasetError: When there is no such dataset.
    """
    version = DatasetVersion.objects.filter(
        dataset_id=dataset_id, is_default=True
    ).first()
    if version is None:
        known = ", ".join(Dataset.objects.order_by("pk").values_list("pk", flat=True))
        raise UnknownDatasetError(
            f"there is no dataset '{dataset_id}'; there is {known or 'none'}"
        )
    return version


def _forget_old(version_id: int) -> None:
    """Delete all but the last snapshots; their tables are dropped by a job."""
    kept = Snapshot.objects.filter(version=version_id).order_by("-pk")
    kept_ids = list(kept.values_list("pk", flat=True)[: settings.SNAPSHOTS_KEPT])
    served = DatasetVersion.objects.filter(pk=version_id).values("current")
    old = (
        Snapshot.objects.filter(version=version_id)
        .exclude(pk__in=kept_ids)
        .exclude(pk__in=served.exclude(current=None))
    )
    tables = list(old.values_list("snapshottable__physical", flat=True))
    old.delete()
    PhysicalTable.objects.filter(pk__in=tables, snapshottable__isnull=True).update(
        unused_since=timezone.now()
    )


def serves(dataset_id: str, table_id: str) -> bool:
    """Tell whether a table of a dataset is served now."""
    return DatasetVersion.objects.filter(
        dataset=dataset_id, current__snapshottable__table=table_id
    ).exists()
