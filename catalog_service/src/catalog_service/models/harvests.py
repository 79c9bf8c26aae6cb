"""Harvests: when a source was read, and what came of it."""

from __future__ import annotations

from django.db import models


class Harvest(models.Model):
    """One reading of a source, kept also when it failed."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed", "failed: the source could not be read"

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey("Source", models.CASCADE, related_name="harvests")
    state = models.TextField(choices=State.choices, default=State.RUNNING)
    message = models.TextField(blank=True, default="")
    documents = models.PositiveIntegerField(default=0, help_text="That it lists.")
    changed = models.PositiveIntegerField(default=0, help_text="New versions.")
    unreadable = models.PositiveIntegerField(default=0)
    vanished = models.PositiveIntegerField(default=0, help_text="No longer listed.")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            # The harvests of a source, newest first: forgetting the old ones.
            models.Index(fields=["source", "-id"], name="harvest_source_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} #{self.pk}"
