"""APIs: what the catalogue lists."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from catalog_service.documents.lifecycle import ACTIVE, STATUSES


class Api(models.Model):
    """An API, known by the URL of its document; `current` is the version shown.

    Title, description, family, authentication, tags, counts and score are those of
    the current version, kept here to be searched. One that was pushed has no URL, and
    a name of our own in its place. What was removed stays, with `removed_at`, for the
    audit log.
    """

    class Status(models.TextChoices):
        EXPERIMENTAL = "experimental", "may change or go at any time"
        ACTIVE = "active", "in use"
        DEPRECATED = "deprecated", "not to be built upon any more"
        RETIRED = "retired", "out of use"

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
    family = models.TextField(blank=True, default="", help_text="2.0, 3.0, …")
    authentication = ArrayField(models.TextField(), default=list)
    tags = ArrayField(models.TextField(), default=list)
    is_valid = models.BooleanField(default=True)
    operation_count = models.PositiveIntegerField(default=0)
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How well it keeps to the rules, 0 to 100."
    )
    status = models.TextField(choices=Status.choices, default=ACTIVE)
    deprecated_date = models.DateField(null=True, blank=True)
    sunset_date = models.DateField(null=True, blank=True)
    by_hand = ArrayField(
        models.TextField(),
        default=list,
        help_text="Which of status, deprecated and sunset are not the document's.",
    )
    registered_by = models.TextField(
        blank=True, default="", help_text="Who pushed it, and alone may change it."
    )
    removed_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(status__in=STATUSES), name="api_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(deprecated_date__isnull=True)
                | models.Q(sunset_date__isnull=True)
                | models.Q(sunset_date__gte=models.F("deprecated_date")),
                name="api_sunset_after_deprecation",
            ),
        ]
        indexes = [
            # The list of APIs by title: the front page and the API.
            models.Index(Lower("title"), "id", name="api_by_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pushed(self) -> bool:
        """Tell whether its document was brought, and is read nowhere."""
        return not self.document_url.startswith(("http://", "https://"))


def listed_apis() -> models.QuerySet[Api]:
    """Return the APIs that nobody removed."""
    return Api.objects.filter(removed_at=None)
