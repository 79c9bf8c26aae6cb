"""Operations: what can be asked of an API, each a result of its own when searched."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Operation(models.Model):
    """An operation of the current version of an API; others are in their documents.

    `path_key` is the path in lower case, without the names of its variables.
    """

    id = models.BigAutoField(primary_key=True)
    api = models.ForeignKey("Api", models.CASCADE, related_name="operations")
    position = models.PositiveIntegerField(help_text="1, 2, … in the document.")
    method = models.TextField()
    path = models.TextField()
    path_key = models.TextField()
    summary = models.TextField(blank=True, default="")
    operation_id = models.TextField(blank=True, default="")
    tags = ArrayField(models.TextField(), default=list)
    deprecated = models.BooleanField(default=False)
    webhook = models.BooleanField(default=False)
    headline = SearchVectorField(help_text="Gives the order.")
    words = SearchVectorField(help_text="Decide whether it is found.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["api", "position"], name="operation_position_once"
            ),
        ]
        indexes = [
            # The words of GET /v1/operations?q=
            GinIndex(fields=["words"], name="operation_words", fastupdate=False),
            # The paths of GET /v1/operations?q=GET /path
            GinIndex(
                fields=["path_key"],
                opclasses=["gin_trgm_ops"],
                name="operation_path",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
