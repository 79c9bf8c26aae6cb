"""The admin: everything can be seen; only sources are added and changed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Api, Harvest, Source, Version


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Records that harvests make: to be looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse: harvests make them."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Any = None,  # noqa: ARG002
    ) -> bool:
        """Refuse: harvests change them."""
        return False


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sources."""

    list_display = ("url", "owner", "kind", "state", "failures", "harvested_at")
    list_filter = ("state", "kind", "owner")
    search_fields = ("url", "owner")
    readonly_fields = (
        "kind", "state", "message", "etag", "failures", "harvested_at",
        "next_harvest_at", "registered_at", "registered_by",
    )  # fmt: skip

    def save_model(
        self,
        request: HttpRequest,
        obj: Source,
        form: Any,
        change: bool,  # noqa: FBT001
    ) -> None:
        """Keep who registered a source, and have it read soon."""
        obj.registered_by = obj.registered_by or request.user.get_username()
        obj.next_harvest_at = None
        super().save_model(request, obj, form, change)


@admin.register(Api)
class ApiAdmin(ReadOnlyAdmin):
    """APIs."""

    list_display = ("title", "owner", "state", "source", "changed_at")
    list_filter = ("state", "owner")
    list_select_related = ("source",)
    search_fields = ("title", "document_url")
    show_full_result_count = False


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    """Versions."""

    list_display = ("api", "number", "label", "specification", "fetched_at")
    list_filter = ("specification",)
    list_select_related = ("api",)
    search_fields = ("api__title", "label")
    exclude = ("raw",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what may be megabytes."""
        return super().get_queryset(request).defer("raw")


@admin.register(Harvest)
class HarvestAdmin(ReadOnlyAdmin):
    """Harvests."""

    list_display = (
        "source", "state", "documents", "changed", "unreadable", "vanished",
        "started_at", "finished_at",
    )  # fmt: skip
    list_filter = ("state",)
    list_select_related = ("source",)
