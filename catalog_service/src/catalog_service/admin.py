"""The admin: everything can be seen; only sources are added and changed by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from shared.fetching import FetchError

from .models import Api, Harvest, Source, Version
from .registering.sources import allowed_url, register_source, remove_source


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


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked of whoever adds or changes a source."""

    def clean_url(self) -> str:
        """Write the URL as it is kept, or say why it is refused."""
        try:
            return allowed_url(self.cleaned_data["url"])
        except FetchError as error:
            raise forms.ValidationError(str(error)) from error


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sources."""

    form = SourceForm
    list_display = ("url", "owner", "kind", "state", "failures", "harvested_at")
    list_filter = ("state", "kind", "owner")
    search_fields = ("url", "owner")
    readonly_fields = (
        "kind", "state", "message", "etag", "failures", "harvested_at",
        "next_harvest_at", "registered_at", "registered_by",
    )  # fmt: skip

    def get_readonly_fields(
        self, request: HttpRequest, obj: Source | None = None
    ) -> tuple[str, ...]:
        """Keep the URL of a source that is known: another URL is another source."""
        known = super().get_readonly_fields(request, obj)
        return (*known, "url") if obj else tuple(known)

    def save_model(
        self,
        request: HttpRequest,
        obj: Source,
        form: Any,
        change: bool,  # noqa: FBT001
    ) -> None:
        """Register a source as others do; have a changed one read soon."""
        if change:
            obj.next_harvest_at = None
            super().save_model(request, obj, form, change)
            return
        by = request.user.get_username()
        obj.pk = register_source(obj.url, owner=obj.owner, by=by).pk

    def delete_model(self, request: HttpRequest, obj: Source) -> None:
        """Remove a source; the APIs that it listed stay, marked."""
        remove_source(obj, by=request.user.get_username())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Remove sources, each as if it were the only one."""
        for source in queryset:
            remove_source(source, by=request.user.get_username())


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
