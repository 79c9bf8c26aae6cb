"""Imports: who loaded what, and how it went."""

from __future__ import annotations

from django.db import models


class Import(models.Model):
    """One run of loading a file, kept also when it failed."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        REFUSED = "refused", "refused: the file has faults"
        FAILED = "failed", "failed: we have"

    UNFINISHED = (State.WAITING, State.RUNNING)

    id = models.BigAutoField(primary_key=True)
    dataset = models.TextField()
    table = models.TextField()
    source = models.TextField(help_text="Name of the file.")
    state = models.TextField(choices=State.choices, default=State.RUNNING)
    rows = models.BigIntegerField(null=True)
    step = models.TextField(blank=True, default="", help_text="What is done now.")
    rows_read = models.BigIntegerField(default=0)
    share_read = models.FloatField(default=0, help_text="Of the file: 0 to 1.")
    doubts = models.JSONField(default=list, help_text="What may be wrong.")
    changes = models.JSONField(default=list, help_text="Against what was served.")
    options = models.JSONField(
        null=True, blank=True, help_text="What was asked of a file that was sent."
    )
    faults = models.JSONField(default=list, help_text="The first ones.")
    fault_count = models.BigIntegerField(default=0)
    snapshot = models.ForeignKey("Snapshot", models.SET_NULL, null=True, blank=True)
    physical = models.ForeignKey(
        "PhysicalTable", models.SET_NULL, null=True, blank=True
    )
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            # The imports of a dataset, newest first: the control API and its page.
            models.Index(fields=["dataset", "-id"], name="import_dataset_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.dataset}/{self.table}"


class SentPart(models.Model):
    """A part of a file that was sent for an import; gone when that has ended.

    It lies in the database since that is where every web process and every worker
    can reach it. The table is unlogged, so a crash or a promotion empties it:
    the import is refused then, and the file is sent again.
    """

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"part {self.pk} of import {self.record_id}"
