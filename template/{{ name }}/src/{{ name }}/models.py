"""Items: what this service keeps."""

from __future__ import annotations

from django.db import models


class Item(models.Model):
    """An item: something with a name that only it has."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(help_text="What people call it.")
    description = models.TextField(blank=True, help_text="More about it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="item_name_once"),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="item_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
