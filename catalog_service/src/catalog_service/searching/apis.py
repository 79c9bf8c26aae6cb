"""Search APIs by words anywhere in their documents, by paths, and by facts."""

from __future__ import annotations

from django.contrib.postgres.search import SearchRank
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from catalog_service.models import Api, Operation, SearchEntry, listed_apis

from .understanding import Question


class _Matches(Func):
    """The operator of PostgreSQL's search, on a query that is written already."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class TsQuery(Func):
    """A query in PostgreSQL's own words."""

    template = "(%(expressions)s)::tsquery"
    output_field = TextField()


def find_apis(question: Question) -> QuerySet[Api]:
    """Return the APIs that answer a question, the best first; all without one.

    Equals are ordered by title, then by id.
    """
    found = listed_apis()
    if question.literal:
        found = found.filter(title__icontains=question.literal)
    if question.path or question.method:
        found = found.filter(pk__in=matching_operations(question).values("api_id"))
    if not question.lexemes:
        return found.order_by(Lower("title"), "id")
    query = TsQuery(Value(question.tsquery))
    entries = SearchEntry.objects.filter(_Matches(F("words"), query))
    found = found.filter(pk__in=entries.values("api_id"))
    rank = SearchRank(F("search_entry__headline"), query)
    return found.alias(rank=rank).order_by("-rank", Lower("title"), "id")


def matching_operations(question: Question) -> QuerySet[Operation]:
    """Return the operations on the path of a question, whatever else it asks."""
    chosen = Q(path_key__contains=question.path)
    if question.method:
        chosen &= Q(method=question.method)
    return Operation.objects.filter(chosen)


def has_apis() -> bool | str:
    """Tell whether there is something to show, for those who watch the service."""
    return listed_apis().exists() or "No API is listed yet."
