"""Snapshots: which physical table stands for which table of a dataset."""

from __future__ import annotations

from django.db import models

from data_service.schemas.parsing import parse_dataset
from data_service.schemas.tables import Table

from .ordered_json import OrderedJSONField


class PhysicalTable(models.Model):
    """An immutable table of rows in the schema `rows` of the database.

    `rendered_by` is the renderer's version once the sibling table with the finished
    JSON of each row is complete; empty until then.
    """

    id = models.BigAutoField(primary_key=True)
    row_count = models.BigIntegerField(null=True)
    statistics = models.JSONField(default=dict)
    rendered_by = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    unused_since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name the table in PostgreSQL."""
        return f"t{self.pk}"

    def table_schema(self) -> Table | None:
        """Find what the table means; None when no snapshot has it any more."""
        link = self.snapshottable_set.select_related("snapshot").order_by("-pk").first()
        if link is None:
            return None
        return parse_dataset(link.snapshot.schema).table(link.table)

    @property
    def json_name(self) -> str:
        """Name the sibling that holds the finished JSON of each row."""
        return f"t{self.pk}_json"


class Snapshot(models.Model):
    """A consistent set of tables of a dataset, as loaded at one moment."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(
        "DatasetVersion", models.CASCADE, related_name="snapshots"
    )
    schema = OrderedJSONField(help_text="The Amsterdam Schema that it was loaded with.")
    tables: models.ManyToManyField[PhysicalTable, SnapshotTable] = (
        models.ManyToManyField(PhysicalTable, through="SnapshotTable")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.TextField(blank=True, default="")
    activated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # The snapshots of a version, newest first: `snapshots DATASET`.
            models.Index(fields=["version", "-id"], name="snapshot_version_newest"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class SnapshotTable(models.Model):
    """One table of a snapshot."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE)
    table = models.TextField(help_text="The id of the table in the schema.")
    physical = models.ForeignKey(PhysicalTable, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "table"], name="snapshot_table_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} = {self.physical_id}"
