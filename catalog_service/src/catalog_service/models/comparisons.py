"""Comparisons: what changed from the version before to a version."""

from __future__ import annotations

from django.db import models


class Comparison(models.Model):
    """What a version changed; kept, since versions never change.

    `breaking` counts the changes that break a client; it is empty when the two could
    not be compared, and `refused` says why.
    """

    version = models.OneToOneField(
        "Version", models.CASCADE, primary_key=True, related_name="comparison"
    )
    form = models.PositiveIntegerField(help_text="Of the comparing that made it.")
    breaking = models.PositiveIntegerField(null=True)
    told = models.JSONField(null=True, help_text="Changes, counts, agreement.")
    refused = models.TextField(blank=True, default="")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(breaking=None, told=None)
                | models.Q(breaking__isnull=False, told__isnull=False, refused=""),
                name="comparison_is_told_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"what version {self.version_id} changed"
