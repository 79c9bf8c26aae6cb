"""Deviations: the design rules that an API does not keep, and why."""

from __future__ import annotations

from django.db import models


class Deviation(models.Model):
    """A rule that is deviated from with a reason: anywhere, or below a pointer."""

    id = models.BigAutoField(primary_key=True)
    api = models.ForeignKey("Api", models.CASCADE, related_name="deviations")
    rule = models.TextField(help_text="The newest id of a rule: see /rules.")
    pointer = models.TextField(
        blank=True, default="", help_text="A JSON pointer; empty is everywhere."
    )
    reason = models.TextField()
    explained_at = models.DateTimeField(auto_now_add=True)
    explained_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["api", "rule", "pointer"], name="deviation_explained_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="deviation_has_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(pointer="") | models.Q(pointer__startswith="/"),
                name="deviation_pointer_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.pointer}".strip()
