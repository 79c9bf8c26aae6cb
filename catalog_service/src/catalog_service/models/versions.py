"""Versions: the documents of an API, byte for byte, as they came in."""

from __future__ import annotations

from django.db import models


class Version(models.Model):
    """A document of an API; a new one is made only when the meaning changed.

    `content_hash` is the same for documents that mean the same, however they are
    written. Once made, a version never changes.
    """

    id = models.BigAutoField(primary_key=True)
    api = models.ForeignKey("Api", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="1, 2, … within the API.")
    content_hash = models.TextField()
    raw = models.BinaryField()
    media_type = models.TextField(help_text="application/json or application/yaml.")
    specification = models.TextField(help_text="Such as OpenAPI 3.0.3.")
    label = models.TextField(
        blank=True, default="", help_text="The version that the document claims."
    )
    facts = models.JSONField()
    findings = models.JSONField(default=list, help_text="What is wrong or odd.")
    is_valid = models.BooleanField(default=True)
    url = models.TextField(
        blank=True,
        default="",
        help_text="Where it was read, after redirects; empty when it was brought.",
    )
    etag = models.TextField(blank=True, default="")
    fetched_at = models.DateTimeField()
    fetched_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["api", "number"], name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=["api", "content_hash"], name="version_content_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="version_counts_from_one"
            ),
            models.CheckConstraint(
                condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"),
                name="version_hash_is_sha256",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
