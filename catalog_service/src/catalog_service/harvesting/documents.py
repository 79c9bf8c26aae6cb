"""Harvest one document: fetch it, read it, keep it or say why not."""

from __future__ import annotations

from enum import Enum

import structlog
from django.utils import timezone

from catalog_service.admitting.offers import Offer, Provenance, look_at
from catalog_service.admitting.states import set_state
from catalog_service.admitting.versions import admit
from catalog_service.documents import DocumentError
from catalog_service.models import Api, Source, listed_apis
from shared.fetching import Fetched, FetchError

from .fetching import fetch_document, may_list
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
    if not may_list(source.url, entry.document_url):
        return Outcome.UNCHANGED, f"{entry.document_url}: only its own origin lists it"
    known = Api.objects.select_related("source")
    api = known.filter(document_url=entry.document_url).first()
    if api is not None and _belongs_elsewhere(api, source):
        return Outcome.UNCHANGED, ""
    try:
        answer = fetched or fetch_document(
            entry.document_url, named_by=source.url, etag=api.etag if api else ""
        )
        if api is not None and _says_the_same(api, answer):
            etag = answer.etag or api.etag
            return _seen(api, source, entry, etag=etag, by=by)
        return _read(source, entry, answer, by=by)
    except (FetchError, DocumentError) as error:
        mark_unreadable(entry.document_url, str(error), by=by)
        return Outcome.UNREADABLE, f"{entry.document_url}: {error}"


def mark_unreadable(document_url: str, reason: str, *, by: str) -> None:
    """Say of an API why its document cannot be read; its last version stays."""
    known = listed_apis().filter(document_url=document_url)
    for api in known:
        set_state(api, Api.State.UNREADABLE, reason, by=by)
    logger.warning("document.unreadable", url=document_url, reason=reason)


def _belongs_elsewhere(api: Api, source: Source) -> bool:
    """Whoever listed an API first keeps it, until it is no longer listed there.

    What somebody pushed, or removed, is no source's to change; what no longer may be
    listed where it was is free.
    """
    if api.removed_at or (api.registered_by and api.source_id != source.pk):
        return True
    if api.source is None or api.source_id == source.pk:
        return False
    is_kept = may_list(api.source.url, api.document_url)
    return is_kept and api.state != Api.State.VANISHED


def _says_the_same(api: Api, answer: Fetched) -> bool:
    """Tell whether an answer brings nothing new, without reading the document.

    Not every server knows conditional requests; the same bytes need no second look.
    """
    if answer.is_unchanged:
        return True
    return Api.objects.filter(pk=api.pk, current__raw=answer.body).exists()


def _seen(
    api: Api, source: Source, entry: Entry, *, etag: str, by: str
) -> tuple[Outcome, str]:
    set_state(api, Api.State.LISTED, "", by=by)
    Api.objects.filter(pk=api.pk).update(
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
        outcome=look_at(answer.body, base_url=answer.url),
        key=entry.document_url,
        documentation_url=entry.documentation_url,
        source=source,
        provenance=Provenance(answer.url, answer.etag, timezone.now(), by),
    )
    admission = admit(offer)
    if not admission.is_changed:
        return Outcome.UNCHANGED, ""
    version = admission.version
    logger.info("version.current", api=version.api_id, number=version.number)
    return Outcome.CHANGED, ""
