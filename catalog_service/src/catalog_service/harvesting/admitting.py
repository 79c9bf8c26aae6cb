"""Keep a document as a version of its API, when it says something new.

However many harvests and pushes bring the same document at once, one version comes of
it: admission holds a lock, and the database allows each content once in an API.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from catalog_service.documents import (
    Document,
    content_hash,
    facts_of,
    findings_of,
    first_operations,
)
from catalog_service.models import Api, Source, Version

from .slugs import free_slug

# The key of the advisory lock; short transactions hold it, one after the other.
_ADMITTING = 7_300_301


@dataclass(frozen=True)
class Provenance:
    """Where a document came from: when, from which URL, with which tag, by whom."""

    url: str
    etag: str
    fetched_at: datetime
    by: str


@dataclass(frozen=True)
class Offer:
    """A document on its way into the catalogue, with all that is known of it."""

    raw: bytes
    document: Document
    document_url: str
    documentation_url: str
    source: Source | None
    provenance: Provenance


def admit(offer: Offer) -> tuple[Version, bool]:
    """Make the offered document the current version of its API.

    Returns the version, and whether the API says something else than before. A document
    that the API had before becomes current again under its old number.
    """
    version = _prepared(offer)
    with transaction.atomic():
        _take_turn()
        api = _api_of(offer, version)
        known = api.versions.filter(content_hash=version.content_hash).first()
        current = known or _numbered(version, api)
        is_changed = api.current_id != current.pk
        _update(api, offer, current, is_changed=is_changed)
    return current, is_changed


def _prepared(offer: Offer) -> Version:
    """Work out what the document says, before anybody has to wait for it."""
    facts = facts_of(offer.document, offer.provenance.url)
    return Version(
        content_hash=content_hash(offer.document.content),
        raw=offer.raw,
        media_type=offer.document.media_type,
        specification=facts.specification,
        label=facts.version,
        facts=asdict(facts),
        operations=[asdict(each) for each in first_operations(offer.document)],
        findings=[asdict(each) for each in findings_of(offer.document)],
        url=offer.provenance.url,
        etag=offer.provenance.etag,
        fetched_at=offer.provenance.fetched_at,
        fetched_by=offer.provenance.by,
    )


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADMITTING])


def _api_of(offer: Offer, version: Version) -> Api:
    api = Api.objects.filter(document_url=offer.document_url).first()
    if api is not None:
        return api
    title = str(version.facts["title"])
    now = timezone.now()
    return Api.objects.create(
        slug=free_slug(title),
        title=title,
        document_url=offer.document_url,
        changed_at=now,
        seen_at=now,
    )


def _numbered(version: Version, api: Api) -> Version:
    highest = api.versions.aggregate(highest=Max("number"))["highest"] or 0
    version.api = api
    version.number = highest + 1
    version.save(force_insert=True)
    return version


def _update(api: Api, offer: Offer, current: Version, *, is_changed: bool) -> None:
    api.current = current
    api.title = str(current.facts["title"])
    api.description = str(current.facts["description"])
    api.source = offer.source
    api.owner = offer.source.owner if offer.source else api.owner
    api.documentation_url = offer.documentation_url
    api.etag = offer.provenance.etag
    api.state, api.message = Api.State.LISTED, ""
    api.seen_at = offer.provenance.fetched_at
    if is_changed:
        api.changed_at = offer.provenance.fetched_at
    api.save()
