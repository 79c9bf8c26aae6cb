"""Live checks: what a running API showed when it was asked."""

from __future__ import annotations

from django.db import models


class LiveCheck(models.Model):
    """One look at a running API, at the first server that its document names."""

    class State(models.TextChoices):
        WAITING = "waiting", "waits for a worker"
        DONE = "done", "the server was asked"
        FAILED = "failed", "the server could not be asked"

    id = models.BigAutoField(primary_key=True)
    api = models.ForeignKey("Api", models.CASCADE, related_name="live_checks")
    state = models.TextField(choices=State.choices, default=State.WAITING)
    message = models.TextField(blank=True, default="", help_text="Why it failed.")
    url = models.TextField(blank=True, default="", help_text="What was asked for.")
    observations = models.JSONField(default=list)
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.TextField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["api"],
                condition=models.Q(state="waiting"),
                name="live_check_waits_once",
            ),
        ]
        indexes = [
            # The checks of an API, newest first: its page, and forgetting the old ones.
            models.Index(fields=["api", "-id"], name="live_check_api_newest"),
        ]

    def __str__(self) -> str:
        return f"live check {self.pk} of API {self.api_id}"
