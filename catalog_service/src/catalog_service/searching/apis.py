"""Search APIs by words in title and description, and by facts."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from catalog_service.models import Api
from shared.problems import BadRequestError, Fault

MAX_QUERY = 200
_MAX_WORDS = 10


def search_apis(text: str = "") -> QuerySet[Api]:
    """Return the APIs in whose title or description every word occurs, by title.

    Case does not count, and no character is a wildcard. Raises BadRequestError.
    """
    found = Api.objects.order_by(Lower("title"), "id")
    for word in _words(text):
        found = found.filter(Q(title__icontains=word) | Q(description__icontains=word))
    return found


def has_apis() -> bool | str:
    """Tell whether there is something to show, for those who watch the service."""
    return Api.objects.exists() or "No API is listed yet."


def _words(text: str) -> list[str]:
    if len(text) > MAX_QUERY:
        raise _refused(f"at most {MAX_QUERY} characters")
    if "\0" in text:
        raise _refused("text without NUL")
    return text.split()[:_MAX_WORDS]


def _refused(accepted: str) -> BadRequestError:
    return BadRequestError(faults=[Fault("q", "cannot be searched", accepted=accepted)])
