"""The place of an API on the pages: a word or few out of its title, once."""

from __future__ import annotations

from itertools import count

from django.utils.text import slugify

from catalog_service.models import Api

_LONGEST = 60


def free_slug(title: str) -> str:
    """Return a slug for a title that no API has yet; call it with the turn taken."""
    base = slugify(title).replace("_", "-")[:_LONGEST]
    base = "-".join(part for part in base.split("-") if part) or "api"
    taken = set(
        Api.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    if base not in taken:
        return base
    return next(slug for n in count(2) if (slug := f"{base}-{n}") not in taken)
