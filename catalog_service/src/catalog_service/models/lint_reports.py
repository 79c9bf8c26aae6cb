"""Lint reports: what breaks the design rules in a version, and its score."""

from __future__ import annotations

from django.db import models


class LintReport(models.Model):
    """How a version does under the default rule set.

    `score` leaves out what is explained, `bare_score` does not; both are empty when the
    document could not be linted, and `refused` says why. A report of another `edition`
    of the rules is made anew.
    """

    version = models.OneToOneField(
        "Version", models.CASCADE, primary_key=True, related_name="lint_report"
    )
    rule_set = models.TextField()
    edition = models.TextField(help_text="Of the rules that made it.")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    bare_score = models.PositiveSmallIntegerField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="By severity; and explained.")
    findings = models.JSONField(default=list)
    omitted = models.PositiveIntegerField(default=0, help_text="Findings not listed.")
    explanations = models.JSONField(default=list, help_text="In the document itself.")
    refused = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=100),
                name="lint_report_score_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"lint report of version {self.version_id}"
