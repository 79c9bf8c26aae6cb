"""The admin: everything can be seen; sources and deviations are written by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from shared.fetching import FetchError

from .linting import Explanation, Kind, all_rules
from .linting.explanations import MAX_POINTER, MAX_REASON, is_pointer
from .models import Api, Deviation, Harvest, Source, Version, listed_apis
from .registering.apis import Account
from .registering.deviations import (
    MAX_DEVIATIONS,
    explain_deviation,
    remove_deviation,
)
from .registering.errors import TooManyDeviationsError
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


class DeviationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked of whoever explains a deviation."""

    api = forms.ModelChoiceField(listed_apis(), label="API")
    rule = forms.ChoiceField(
        choices=lambda: [
            (rule.newest_id, rule.newest_id)
            for rule in all_rules()
            if rule.kind is not Kind.VALIDITY
        ]
    )
    pointer = forms.CharField(
        max_length=MAX_POINTER, required=False, help_text="Only there and below."
    )
    reason = forms.CharField(max_length=MAX_REASON, widget=forms.Textarea)

    def clean_pointer(self) -> str:
        """Return the pointer; raises ValidationError when it is none."""
        pointer: str = self.cleaned_data["pointer"]
        if not is_pointer(pointer):
            raise forms.ValidationError("A JSON pointer begins with /.")
        return pointer

    def clean_api(self) -> Api:
        """Return the API; raises ValidationError when it has too many."""
        api: Api = self.cleaned_data["api"]
        if api.deviations.count() >= MAX_DEVIATIONS:
            raise forms.ValidationError(str(TooManyDeviationsError()))
        return api


@admin.register(Deviation)
class DeviationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Explained deviations: added and taken back, so that the log tells all."""

    form = DeviationForm
    fields = ("api", "rule", "pointer", "reason")
    list_display = ("api", "rule", "pointer", "explained_by", "explained_at")
    list_filter = ("rule",)
    list_select_related = ("api",)
    search_fields = ("api__title", "rule", "reason")

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Any = None,  # noqa: ARG002
    ) -> bool:
        """Refuse: another reason is another explanation."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Deviation,
        form: Any,  # noqa: ARG002
        change: bool,  # noqa: ARG002, FBT001
    ) -> None:
        """Explain a deviation as others do."""
        wanted = Explanation(obj.rule, obj.reason, obj.pointer)
        obj.pk = explain_deviation(obj.api_id, wanted, by=_account(request)).pk

    def delete_model(self, request: HttpRequest, obj: Deviation) -> None:
        """Take an explanation back as others do."""
        remove_deviation(obj, by=_account(request))

    def delete_queryset(
        self, request: HttpRequest, queryset: QuerySet[Deviation]
    ) -> None:
        """Take explanations back, each as if it were the only one."""
        for deviation in queryset:
            remove_deviation(deviation, by=_account(request))


def _account(request: HttpRequest) -> Account:
    return Account(request.user.get_username(), may_change_all=True)
