"""Changes: who did what to an API, and when; what it was before, and after."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """A line of the audit log; it is never changed, and outlives its API's removal."""

    class Kind(models.TextChoices):
        ADDED = "added", "came into the catalogue"
        VERSION = "version", "has another document"
        LIFECYCLE = "lifecycle", "has another status, deprecation or sunset"
        OWNER = "owner", "has another owner"
        DEVIATION = "deviation", "explains a deviation, or no longer"
        STATE = "state", "is found at its source otherwise"
        REMOVED = "removed", "left the catalogue"
        RESTORED = "restored", "came back into the catalogue"

    id = models.BigAutoField(primary_key=True)
    api = models.ForeignKey("Api", models.CASCADE, related_name="changes")
    kind = models.TextField(choices=Kind.choices)
    changed_at = models.DateTimeField()
    changed_by = models.TextField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [
            # The log of an API and its feed, newest first.
            models.Index(fields=["api", "-id"], name="change_api_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of API {self.api_id}"
