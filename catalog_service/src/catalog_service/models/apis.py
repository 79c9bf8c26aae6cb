"""APIs: what the catalogue lists."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower


class Api(models.Model):
    """An API, known by the URL of its document; `current` is the version shown.

    Title and description are those of the current version, kept here to be searched.
    """

    class State(models.TextChoices):
        LISTED = "listed", "listed by its source"
        UNREADABLE = "unreadable", "its document cannot be read now"
        VANISHED = "vanished", "no longer listed by its source"

    id = models.BigAutoField(primary_key=True)
    slug = models.TextField(unique=True, help_text="Its place on the pages.")
    title = models.TextField()
    description = models.TextField(blank=True, default="")
    owner = models.TextField(blank=True, default="")
    source = models.ForeignKey(
        "Source", models.SET_NULL, null=True, blank=True, related_name="apis"
    )
    document_url = models.TextField(unique=True)
    documentation_url = models.TextField(blank=True, default="")
    state = models.TextField(choices=State.choices, default=State.LISTED)
    message = models.TextField(blank=True, default="", help_text="Why not listed.")
    etag = models.TextField(
        blank=True, default="", help_text="Of what was read last; asks for changes."
    )
    current = models.ForeignKey(
        "Version", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(help_text="When its meaning last changed.")
    seen_at = models.DateTimeField(help_text="When its document was last readable.")

    class Meta:
        verbose_name = "API"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="api_slug_is_plain",
            ),
        ]
        indexes = [
            # The list of APIs by title: the front page and the API.
            models.Index(Lower("title"), "id", name="api_by_title"),
        ]

    def __str__(self) -> str:
        return self.title
