"""Write down what an API is found by, in the transaction that makes it so.

PostgreSQL makes the lexemes, by the configurations `kade_dutch` and `kade_english`
(migration 0002): without accents, and both stems of each word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import structlog
from django.db import connection, transaction

from catalog_service import examining
from catalog_service.documents import DocumentError
from catalog_service.documents.wording import gather
from catalog_service.examining import Outcome
from catalog_service.models import Api, SearchEntry, listed_apis

logger = structlog.get_logger("kade.searching")

# Raise it when the words of a document are chosen otherwise: all are written anew.
FORM = 1
_MOST_DESCRIPTION = 20_000
_MOST_SUMMARY = 2_000
_VARIABLE = re.compile(r"\{[^{}]*\}")

_ENTRY = """
    INSERT INTO catalog_service_searchentry (api_id, version_id, form, headline, words)
    VALUES (%(api)s, %(version)s, %(form)s,
        setweight(kade_words(%(title)s), 'A') || setweight(kade_words(%(tags)s), 'B')
            || setweight(kade_words(%(description)s), 'C'),
        strip(kade_words(%(title)s) || kade_words(%(tags)s)
            || kade_words(%(description)s) || kade_words(%(words)s)))
    ON CONFLICT (api_id) DO UPDATE SET version_id = excluded.version_id,
        form = excluded.form, headline = excluded.headline, words = excluded.words
"""
_FORGET_OPERATIONS = "DELETE FROM catalog_service_operation WHERE api_id = %s"
_OPERATIONS = """
    INSERT INTO catalog_service_operation (api_id, position, method, path, path_key,
        summary, operation_id, tags, deprecated, webhook, headline, words)
    SELECT %(api)s, o.position, o.method, o.path, o.path_key, o.summary, o.operation_id,
        ARRAY(SELECT jsonb_array_elements_text(o.tags)), o.deprecated, o.webhook,
        kade_words(o.headline), strip(kade_words(o.headline) || kade_words(o.words))
    FROM jsonb_to_recordset(%(operations)s::jsonb) AS o (
        position int, method text, path text, path_key text, summary text,
        operation_id text, tags jsonb, deprecated bool, webhook bool,
        headline text, words text)
"""
_WORDS = """
    INSERT INTO catalog_service_word (text)
    SELECT DISTINCT form FROM unnest(%s::text[]) AS word,
        unnest(unaccent(word) || ts_lexize('dutch_stem', unaccent(word))
            || ts_lexize('english_stem', unaccent(word))) AS form
    WHERE length(form) BETWEEN 3 AND 40
    ON CONFLICT DO NOTHING
"""


def index(api: Api, outcome: Outcome) -> None:
    """Replace what an API is found by; its current version is the outcome's."""
    texts = _texts(api, outcome)
    operations = [_row(n, o) for n, o in enumerate(outcome.operations, start=1)]
    values: dict[str, Any] = {
        "api": api.pk,
        "version": api.current_id,
        "form": FORM,
        **texts,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY, values)
        cursor.execute(_FORGET_OPERATIONS, [api.pk])
        if operations:
            rows: dict[str, Any] = {"api": api.pk, "operations": json.dumps(operations)}
            cursor.execute(_OPERATIONS, rows)
        cursor.execute(_WORDS, [_different([*texts.values(), *_said(operations)])])


def index_missing(*, at_most: int = 1_000) -> int:
    """Index what is current and not indexed in the present form; return how many.

    After an upgrade that finds documents by other words.
    """
    indexed = SearchEntry.objects.filter(form=FORM).values("version_id")
    missing = listed_apis().filter(current__isnull=False).exclude(current__in=indexed)
    chosen = list(missing.order_by("id").values_list("pk", flat=True)[:at_most])
    for api_id in chosen:
        _index_again(api_id)
    return len(chosen)


@transaction.atomic
def _index_again(api_id: int) -> None:
    api = Api.objects.select_related("current").get(pk=api_id)
    if api.current is None:
        return
    try:
        outcome = examining.examine(bytes(api.current.raw), base_url=api.current.url)
    except DocumentError as error:
        logger.warning("index.refused", api=api_id, reason=str(error))
        return
    Api.objects.filter(pk=api_id).update(
        family=outcome.facts["family"],
        authentication=outcome.facts["authentication"],
        tags=outcome.tags,
        is_valid=outcome.is_valid,
        operation_count=outcome.facts["operation_count"],
    )
    index(api, outcome)


def path_key(path: str) -> str:
    """Return a path as paths are compared: the names of variables mean nothing."""
    return _VARIABLE.sub("{}", path).lower()


def _texts(api: Api, outcome: Outcome) -> dict[str, str]:
    description = str(outcome.facts["description"])[:_MOST_DESCRIPTION]
    return {
        "title": gather([api.title], at_most=1_000),
        "tags": gather([*outcome.tags, api.owner], at_most=5_000),
        "description": gather([description], at_most=_MOST_DESCRIPTION),
        "words": outcome.words,
    }


def _row(position: int, operation: dict[str, Any]) -> dict[str, Any]:
    said = (operation["path"], operation["operation_id"], operation["summary"])
    return {
        **operation,
        "position": position,
        "path_key": path_key(operation["path"]),
        "headline": gather([*said, *operation["tags"]], at_most=_MOST_SUMMARY),
    }


def _said(operations: Iterable[dict[str, Any]]) -> Iterable[str]:
    return (operation["headline"] for operation in operations)


def _different(texts: Iterable[str]) -> list[str]:
    return sorted({word for text in texts for word in text.split()})
