"""What the service remembers: datasets, snapshots, physical tables and imports."""

from .datasets import Dataset, DatasetVersion
from .downloads import Download, DownloadPart
from .imports import Import, SentPart
from .snapshots import PhysicalTable, Snapshot, SnapshotTable

__all__ = [
    "Dataset",
    "DatasetVersion",
    "Download",
    "DownloadPart",
    "Import",
    "PhysicalTable",
    "SentPart",
    "Snapshot",
    "SnapshotTable",
]
