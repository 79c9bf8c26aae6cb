"""Service accounts and tokens in the admin; a new token's text is shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from shared.tokens.errors import TokenError
from shared.tokens.issuing import check_scopes, fill_token
from shared.tokens.models import ServiceAccount, Token


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    """A token's account, scopes and end."""

    class Meta:
        model = Token
        fields = ["account", "scopes", "expires_at"]

    def clean_scopes(self) -> list[str]:
        """Refuse scopes that this service does not have."""
        scopes: list[str] = self.cleaned_data["scopes"]
        try:
            check_scopes(scopes)
        except TokenError as error:
            raise forms.ValidationError(str(error)) from error
        return scopes


@admin.register(ServiceAccount)
class ServiceAccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Service accounts; disabling one ends all of its tokens."""

    list_display = ["name", "created_at", "created_by", "disabled_at"]
    readonly_fields = ["created_at", "created_by"]
    search_fields = ["name"]

    def save_model(
        self, request: HttpRequest, obj: ServiceAccount, form: Any, change: Any
    ) -> None:
        """Save, and note who made the account."""
        obj.created_by = obj.created_by or request.user.get_username()
        super().save_model(request, obj, form, change)


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Tokens: made once, revoked, never changed."""

    form = TokenForm
    list_display = ["id", "account", "scopes", "last_used_at", "expires_at"]
    list_filter = ["account"]
    list_select_related = ["account"]
    actions = ["revoke"]

    def has_change_permission(
        self, request: HttpRequest, obj: Token | None = None
    ) -> bool:
        """Refuse: another scope is another token."""
        return obj is None and super().has_change_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: Token, form: Any, change: Any
    ) -> None:
        """Make the token and show its text, this once."""
        text = fill_token(obj, by=request.user.get_username())
        super().save_model(request, obj, form, change)
        messages.warning(request, f"Copy this token now, it is not kept: {text}")

    @admin.action(description="Revoke the chosen tokens")
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        """End the chosen tokens now."""
        count = queryset.filter(revoked_at=None).update(revoked_at=timezone.now())
        messages.success(request, f"{count} tokens revoked.")
