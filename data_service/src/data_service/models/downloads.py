"""Downloads: files of whole tables, made once and kept in parts (ADR 0023)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .snapshots import PhysicalTable


class Download(models.Model):
    """A file of a physical table, or the reason why there is none of this kind."""

    id = models.BigAutoField(primary_key=True)
    physical = models.ForeignKey(
        PhysicalTable, models.CASCADE, related_name="downloads", db_index=False
    )
    kind = models.TextField(help_text="parquet, gpkg or xlsx")
    size = models.BigIntegerField(default=0, help_text="In bytes.")
    sha256 = models.TextField(default="", blank=True)
    problem = models.TextField(
        default="", blank=True, help_text="Why the rows do not fit; no file then."
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            # Also finds the files of a table.
            models.UniqueConstraint(fields=["physical", "kind"], name="download_once"),
        ]

    def __str__(self) -> str:
        return f"{self.physical_id}.{self.kind}"


class DownloadPart(models.Model):
    """A stretch of BYTES of a file; the last one may be shorter."""

    BYTES: ClassVar[int] = 1024 * 1024

    id = models.BigAutoField(primary_key=True)
    download = models.ForeignKey(
        Download, models.CASCADE, related_name="parts", db_index=False
    )
    number = models.IntegerField(help_text="From 0.")
    content = models.BinaryField()

    class Meta:
        constraints = [
            # Also finds the parts of a file, in their order.
            models.UniqueConstraint(
                fields=["download", "number"], name="download_part_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.download_id}/{self.number}"
