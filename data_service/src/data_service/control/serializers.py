"""How the control API writes datasets, snapshots and imports."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from data_service.models import Dataset, DatasetVersion, Import, Snapshot
from shared.links import public_url


class TableSerializer(serializers.Serializer[Any]):
    """A table of a snapshot."""

    id = serializers.CharField(source="table")
    rows = serializers.IntegerField(source="physical.row_count", min_value=0)


class SnapshotSerializer(serializers.ModelSerializer[Snapshot]):
    """A consistent set of tables, as loaded at one moment."""

    version = serializers.CharField(source="version.name")
    isCurrent = serializers.SerializerMethodField()  # noqa: N815
    createdAt = serializers.DateTimeField(source="created_at")  # noqa: N815
    activatedAt = serializers.DateTimeField(  # noqa: N815
        source="activated_at", allow_null=True
    )
    tables = TableSerializer(source="snapshottable_set", many=True)

    class Meta:
        model = Snapshot
        fields = ["id", "version", "isCurrent", "createdAt", "activatedAt", "tables"]

    def get_isCurrent(self, snapshot: Snapshot) -> bool:  # noqa: N802
        """Tell whether it is what its version serves."""
        return snapshot.version.current_id == snapshot.pk


class VersionSerializer(serializers.ModelSerializer[DatasetVersion]):
    """A version of a dataset and where it is served."""

    isDefault = serializers.BooleanField(source="is_default")  # noqa: N815
    snapshot = serializers.IntegerField(
        source="current_id", allow_null=True, help_text="Null: nothing is served."
    )
    url = serializers.SerializerMethodField()

    class Meta:
        model = DatasetVersion
        fields = ["name", "isDefault", "snapshot", "url"]

    @extend_schema_field(serializers.URLField())
    def get_url(self, version: DatasetVersion) -> str:
        """Give the address of its API."""
        name = "" if version.is_default else f"/{version.name}"
        return public_url(f"/v1/{quote(version.dataset.path)}{name}")


class DatasetSerializer(serializers.ModelSerializer[Dataset]):
    """A dataset and its versions."""

    createdAt = serializers.DateTimeField(source="created_at")  # noqa: N815
    versions = VersionSerializer(many=True)

    class Meta:
        model = Dataset
        fields = ["id", "path", "createdAt", "versions"]


class FaultSerializer(serializers.Serializer[Any]):
    """What is wrong with a file at one place."""

    line = serializers.IntegerField(
        min_value=0, help_text="From 1; 0 is the file as a whole."
    )
    column = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()


class ImportSerializer(serializers.ModelSerializer[Import]):
    """One run of loading a file."""

    state = serializers.ChoiceField(choices=Import.State.choices)
    rows = serializers.IntegerField(allow_null=True, min_value=0)
    step = serializers.CharField(help_text="What is done now; empty at the end.")
    rowsRead = serializers.IntegerField(source="rows_read", min_value=0)  # noqa: N815
    shareRead = serializers.FloatField(  # noqa: N815
        source="share_read", min_value=0, max_value=1, help_text="Of the file."
    )
    doubts = serializers.ListField(
        child=serializers.CharField(), help_text="What was assumed, and may be wrong."
    )
    changes = serializers.ListField(
        child=serializers.CharField(), help_text="Against what was served."
    )
    faultCount = serializers.IntegerField(source="fault_count")  # noqa: N815
    faults = FaultSerializer(many=True, help_text="The first ones.")
    snapshot = serializers.IntegerField(source="snapshot_id", allow_null=True)
    startedAt = serializers.DateTimeField(source="started_at")  # noqa: N815
    startedBy = serializers.CharField(source="started_by")  # noqa: N815
    finishedAt = serializers.DateTimeField(  # noqa: N815
        source="finished_at", allow_null=True
    )

    class Meta:
        model = Import
        fields = [
            *("id", "dataset", "table", "source", "state", "rows"),
            *("step", "rowsRead", "shareRead", "doubts", "changes"),
            *("faultCount", "faults", "snapshot"),
            *("startedAt", "startedBy", "finishedAt"),
        ]
