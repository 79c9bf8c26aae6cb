"""Datasets, their versions, and the pointer to what each version serves now."""

from __future__ import annotations

from django.db import models


class Dataset(models.Model):
    """A dataset: an id, and a place under /v1."""

    id = models.TextField(primary_key=True, help_text="As in its Amsterdam Schema.")
    path = models.TextField(unique=True, help_text="Place under /v1; may hold slashes.")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.id


class DatasetVersion(models.Model):
    """A major version of a dataset; `current` is the only switch there is.

    Activating, rolling back and unpublishing are one UPDATE of `current`.
    """

    id = models.BigAutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="versions")
    name = models.TextField(default="v1", help_text="As in the URL: v1, v2, …")
    is_default = models.BooleanField(
        default=True, help_text="Served under the URL without a version too."
    )
    current = models.ForeignKey(
        "Snapshot", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "name"], name="dataset_version_once"
            ),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=models.Q(is_default=True),
                name="dataset_has_one_default_version",
            ),
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^v[0-9]+$"),
                name="dataset_version_is_v_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.name}"
