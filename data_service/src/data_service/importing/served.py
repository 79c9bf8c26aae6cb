"""What a dataset serves now, in the version that an import is for.

Rows go to the newest version, or to the one that a schema names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from data_service.models import DatasetVersion, PhysicalTable
from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Dataset, Table


@dataclass(frozen=True)
class Served:
    """A version of a dataset; no `dataset` and `snapshot` when it serves nothing."""

    version: str = "v1"
    snapshot: int | None = None
    dataset: Dataset | None = None
    tables: dict[str, PhysicalTable] = field(default_factory=dict)

    def table(self, table_id: str) -> tuple[Table, PhysicalTable] | None:
        """Find a table and its rows; None when it is not served."""
        table = self.dataset.table(table_id) if self.dataset else None
        physical = self.tables.get(table_id)
        return (table, physical) if table and physical else None


def find_served(dataset_id: str, schema: Dataset | None) -> Served:
    """Find what is served by the version that a schema names, or by the newest."""
    versions = {
        version.name: version
        for version in DatasetVersion.objects.filter(dataset=dataset_id).select_related(
            "current"
        )
    }
    newest = max(versions, key=number_of, default="v1")
    # The schema of a lone table says nothing of versions.
    name = schema.version if schema and schema.id else newest
    version = versions.get(name)
    if version is None or version.current is None:
        return Served(name)
    links = version.current.snapshottable_set.select_related("physical")
    tables = {link.table: link.physical for link in links}
    return Served(
        name, version.current_id, parse_dataset(version.current.schema), tables
    )


def next_version(dataset_id: str) -> str:
    """Name the version that comes after all there are."""
    names = DatasetVersion.objects.filter(dataset=dataset_id).values_list(
        "name", flat=True
    )
    return f"v{max(map(number_of, names), default=0) + 1}"


def number_of(version: str) -> int:
    """Give the number in the name of a version."""
    return int(re.sub(r"\D", "", version) or 0)
