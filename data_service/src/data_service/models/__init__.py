"""What the service remembers: datasets, snapshots, physical tables and imports."""

from .datasets import Dataset, DatasetVersion
from .imports import Import, SentPart
from .snapshots import PhysicalTable, Snapshot, SnapshotTable

__all__ = [
    "Dataset",
    "DatasetVersion",
    "Import",
    "PhysicalTable",
    "SentPart",
    "Snapshot",
    "SnapshotTable",
]
