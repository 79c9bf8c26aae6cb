"""Answers that were made before, by what was asked of which snapshot (ADR 0034)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from data_service.querying.header_filters import has_header_filters
from data_service.querying.memories import Memory

from .places import Spot

_OVERHEAD_BYTES = 2000  # of the headers, the question and the places that they stand in
_LONGEST_QUESTION = 1000
_MB = 1_000_000
# What an answer depends on besides its address, as its Vary says.
_ASKED = ("QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_CRS")


@dataclass(frozen=True)
class _Answer:
    body: bytes
    headers: tuple[tuple[str, str], ...]


def _weigh(answer: _Answer) -> int:
    return len(answer.body) + _OVERHEAD_BYTES


ANSWERS: Memory[_Answer] = Memory(settings.WEB_ANSWERS_MB * _MB, _weigh)


def question_of(request: HttpRequest, spot: Spot) -> Hashable:
    """Give what decides every byte of an answer; None for what is not remembered.

    The place and the snapshot are those that the pointer leads this request to.
    Filters in headers are not for others. Who has an answer (If-None-Match) is told by
    its tag alone whether it still is the right one.
    """
    given = request.META
    if "HTTP_IF_NONE_MATCH" in given or has_header_filters(given):
        return None
    texts = tuple(given.get(name, "") for name in _ASKED)
    if sum(map(len, texts)) > _LONGEST_QUESTION:
        return None
    return spot.served.identity, spot.place, texts


def recall(question: Hashable) -> HttpResponse | None:
    """Give the answer to a question, if it is remembered."""
    answer = ANSWERS.known(question)
    if answer is None:
        return None
    return HttpResponse(answer.body, headers=dict(answer.headers))


def remember(question: Hashable, response: HttpResponseBase) -> None:
    """Keep a whole answer.

    A stream is not one, and what has a weak tag may be another one tomorrow.
    """
    if question is None or not isinstance(response, HttpResponse):
        return
    if response.status_code == 200 and not response.headers["ETag"].startswith("W/"):
        answer = _Answer(response.content, tuple(response.headers.items()))
        ANSWERS.keep(question, answer)
