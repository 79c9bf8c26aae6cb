"""Sources: the URLs at which others tell what APIs they have."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """A URL that is harvested again and again: a linkset, or one document."""

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", "not known before the first harvest"
        LINKSET = "linkset", "a catalogue of APIs (RFC 9727)"
        LIST = "list", "a list of APIs in another form"
        DOCUMENT = "document", "one OpenAPI document"

    class State(models.TextChoices):
        NEW = "new", "not harvested yet"
        WELL = "well", "harvested"
        FAILING = "failing", "could not be harvested"

    id = models.BigAutoField(primary_key=True)
    url = models.TextField(unique=True)
    kind = models.TextField(choices=Kind.choices, default=Kind.UNKNOWN)
    owner = models.TextField(blank=True, default="", help_text="Who answers for it.")
    state = models.TextField(choices=State.choices, default=State.NEW)
    message = models.TextField(blank=True, default="", help_text="Why it fails.")
    etag = models.TextField(
        blank=True, default="", help_text="Of what was read last; asks for changes."
    )
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    harvested_at = models.DateTimeField(null=True, blank=True)
    next_harvest_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: as soon as possible."
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    registered_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(url__regex=r"^https?://[!-~]+$"),
                name="source_url_is_http",
            ),
        ]
        indexes = [
            # The sources whose turn it is: every round of the worker.
            models.Index(fields=["next_harvest_at"], name="source_next_harvest"),
        ]

    def __str__(self) -> str:
        return self.url
