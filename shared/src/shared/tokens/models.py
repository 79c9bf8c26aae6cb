"""Who may write, and with which tokens."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ServiceAccount(models.Model):
    """A program or team that calls this service under one name."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(unique=True)
    disabled_at = models.DateTimeField(
        null=True, blank=True, help_text="From then on none of its tokens is valid."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^[a-z0-9][a-z0-9._-]{0,62}$"),
                name="service_account_name_is_plain",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """A credential; its secret is shown once and kept as a hash only."""

    id = models.TextField(primary_key=True, help_text="The public part of the token.")
    account = models.ForeignKey(ServiceAccount, models.CASCADE, related_name="tokens")
    digest = models.BinaryField(max_length=32, editable=False)
    scopes = ArrayField(models.TextField(), help_text="Such as data:write; by comma.")
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(
        null=True, blank=True, help_text="Exact to the hour, to spare writes."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scopes__len__gt=0), name="token_has_a_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} of {self.account.name}"

    def is_valid(self, now: datetime) -> bool:
        """Return whether the token, seen from the clock, still opens anything."""
        ends = (self.expires_at, self.revoked_at, self.account.disabled_at)
        return all(end is None or now < end for end in ends)
