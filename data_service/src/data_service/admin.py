"""The admin: to see what there is; what changes it are verbs, not forms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Dataset, DatasetVersion, Import, PhysicalTable, Snapshot
from .models.snapshots import SnapshotTable


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows rows, and leaves changing them to publish, activate and unpublish."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Let nobody add."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Any = None,  # noqa: ARG002
    ) -> bool:
        """Let nobody change."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Any = None,  # noqa: ARG002
    ) -> bool:
        """Let nobody delete."""
        return False


class VersionInline(admin.TabularInline):  # type: ignore[type-arg]
    """The versions of a dataset."""

    model = DatasetVersion
    extra = 0
    raw_id_fields = ["current"]


class TableInline(admin.TabularInline):  # type: ignore[type-arg]
    """The tables of a snapshot."""

    model = SnapshotTable
    extra = 0
    raw_id_fields = ["physical"]


@admin.register(Dataset)
class DatasetAdmin(ReadOnlyAdmin):
    """Datasets and their versions."""

    list_display = ["id", "path", "created_at"]
    search_fields = ["id", "path"]
    ordering = ["id"]
    inlines = [VersionInline]


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Snapshots and their tables."""

    list_display = ["id", "version", "created_at", "created_by", "activated_at"]
    list_select_related = ["version"]
    search_fields = ["version__dataset__id"]
    ordering = ["-id"]
    inlines = [TableInline]


@admin.register(PhysicalTable)
class PhysicalTableAdmin(ReadOnlyAdmin):
    """Physical tables."""

    list_display = ["name", "row_count", "rendered_by", "created_at", "unused_since"]
    ordering = ["-id"]


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """Imports and how they went."""

    list_display = [
        *("id", "dataset", "table", "source", "state", "rows"),
        *("fault_count", "started_at", "finished_at", "started_by"),
    ]
    list_filter = ["state", "dataset"]
    search_fields = ["dataset", "table", "source"]
    ordering = ["-id"]
