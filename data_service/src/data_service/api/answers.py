"""Answers that were made before, by their entity tag (ADR 0034).

A strong tag names the bytes of an answer, compressed or not (ADR 0009). It is made from
the pointer that this request has read, so what is remembered is never out of date.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from data_service.querying.memories import Memory

_OVERHEAD_BYTES = 1500  # of the headers, the tag and the places that they stand in
_MB = 1_000_000


@dataclass(frozen=True)
class _Answer:
    body: bytes
    headers: tuple[tuple[str, str], ...]


def _weigh(answer: _Answer) -> int:
    return len(answer.body) + _OVERHEAD_BYTES


ANSWERS: Memory[_Answer] = Memory(settings.WEB_ANSWERS_MB * _MB, _weigh)


def recall(etag: str) -> HttpResponse | None:
    """Give the answer that has this tag, if it is remembered."""
    answer = ANSWERS.known(etag)
    if answer is None:
        return None
    return HttpResponse(answer.body, headers=dict(answer.headers))


def remember(response: HttpResponseBase) -> None:
    """Keep a whole answer under its tag; a stream is nobody's to keep."""
    etag = response.headers["ETag"]
    if (
        response.status_code != 200
        or not isinstance(response, HttpResponse)
        or etag.startswith("W/")
    ):
        return
    ANSWERS.keep(etag, _Answer(response.content, tuple(response.headers.items())))
