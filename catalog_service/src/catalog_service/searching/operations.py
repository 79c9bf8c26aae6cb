"""Search operations: by words, by method and path, by tag."""

from __future__ import annotations

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from catalog_service.models import Operation

from .apis import TsQuery, _Matches, matching_operations
from .understanding import Question


def find_operations(question: Question) -> QuerySet[Operation]:
    """Return the operations that answer a question, the best first.

    Equals are in the order of their APIs, then of the document.
    """
    found = matching_operations(question).filter(api__removed_at=None)
    place = ("api_id", "position")
    if question.literal:
        literal = question.literal
        found = found.filter(Q(summary__icontains=literal) | Q(path__contains=literal))
    if question.lexemes:
        query = TsQuery(Value(question.tsquery))
        rank = SearchRank(F("headline"), query)
        found = found.filter(_Matches(F("words"), query)).alias(rank=rank)
        return found.order_by("-rank", *place)
    if question.path:
        at = StrIndex("path_key", Value(question.path))
        return found.alias(at=at).order_by("at", "path_key", "method", *place)
    return found.order_by(*place)
