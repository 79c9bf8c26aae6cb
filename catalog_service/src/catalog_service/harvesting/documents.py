"""Harvest one document: fetch it, read it, keep it or say why not."""

from __future__ import annotations

from enum import Enum

import structlog
from django.utils import timezone

from catalog_service.documents import DocumentError, read_document
from catalog_service.models import Api, Source
from shared.fetching import Fetched, FetchError

from .admitting import Offer, Provenance, admit
from .fetching import fetch_document
from .linksets import Entry

logger = structlog.get_logger("kade.harvesting")


class Outcome(Enum):
    """What came of a document."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"


def harvest_document(
    source: Source, entry: Entry, *, fetched: Fetched | None = None, by: str
) -> tuple[Outcome, str]:
    """Bring the API of an entry up to date; return the outcome and why it failed."""
    api = Api.objects.filter(document_url=entry.document_url).first()
    if api is not None and _belongs_elsewhere(api, source):
        return Outcome.UNCHANGED, ""
    try:
        answer = fetched or fetch_document(
            entry.document_url, etag=api.etag if api else ""
        )
        if api is not None and _says_the_same(api, answer):
            return _seen(api, source, entry, etag=answer.etag or api.etag)
        return _read(source, entry, answer, by=by)
    except (FetchError, DocumentError) as error:
        mark_unreadable(entry.document_url, str(error))
        return Outcome.UNREADABLE, f"{entry.document_url}: {error}"


def mark_unreadable(document_url: str, reason: str) -> None:
    """Say of an API why its document cannot be read; its last version stays."""
    known = Api.objects.filter(document_url=document_url)
    known.update(state=Api.State.UNREADABLE, message=reason[:1000])
    logger.warning("document.unreadable", url=document_url, reason=reason)


def _belongs_elsewhere(api: Api, source: Source) -> bool:
    """Whoever listed an API first keeps it, until it is no longer listed there."""
    is_vanished = api.state == Api.State.VANISHED
    return api.source_id not in (None, source.pk) and not is_vanished


def _says_the_same(api: Api, answer: Fetched) -> bool:
    """Tell whether an answer brings nothing new, without reading the document.

    Not every server knows conditional requests; the same bytes need no second look.
    """
    if answer.is_unchanged:
        return True
    return Api.objects.filter(pk=api.pk, current__raw=answer.body).exists()


def _seen(api: Api, source: Source, entry: Entry, *, etag: str) -> tuple[Outcome, str]:
    Api.objects.filter(pk=api.pk).update(
        state=Api.State.LISTED,
        message="",
        source=source,
        owner=source.owner,
        documentation_url=entry.documentation_url,
        etag=etag,
        seen_at=timezone.now(),
    )
    return Outcome.UNCHANGED, ""


def _read(
    source: Source, entry: Entry, answer: Fetched, *, by: str
) -> tuple[Outcome, str]:
    offer = Offer(
        raw=answer.body,
        document=read_document(answer.body),
        document_url=entry.document_url,
        documentation_url=entry.documentation_url,
        source=source,
        provenance=Provenance(answer.url, answer.etag, timezone.now(), by),
    )
    version, is_changed = admit(offer)
    if is_changed:
        logger.info("version.current", api=version.api_id, number=version.number)
    return (Outcome.CHANGED if is_changed else Outcome.UNCHANGED), ""
