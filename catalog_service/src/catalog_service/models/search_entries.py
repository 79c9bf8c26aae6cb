"""What APIs are found by: their words as PostgreSQL's search keeps them."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """The words of an API; apart from it, because they may be many.

    `headline` holds those of title, owner and description and gives the order;
    `words` holds all, and decides whether an API is found. The indexes are always
    complete (no fastupdate): a search must not pay for what was written before it.
    """

    api = models.OneToOneField(
        "Api", models.CASCADE, primary_key=True, related_name="search_entry"
    )
    version = models.ForeignKey("Version", models.CASCADE, related_name="+")
    form = models.PositiveIntegerField(help_text="Of the indexing that made it.")
    headline = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            # The words of GET /v1/apis?q=
            GinIndex(fields=["words"], name="search_entry_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"words of API {self.api_id}"


class Word(models.Model):
    """A word that some document has, or its stem: what a typing error may mean."""

    text = models.TextField(primary_key=True)

    class Meta:
        indexes = [
            # The words most like a mistyped one.
            GinIndex(
                fields=["text"],
                opclasses=["gin_trgm_ops"],
                name="word_trigrams",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return self.text
