"""Keep a document as a version of its API, when it says something new.

However many harvests and pushes bring the same document at once, one version comes of
it: admission holds a lock, and the database allows each content once in an API.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from catalog_service.auditing.recording import record
from catalog_service.judging.reports import keep_report, show_score
from catalog_service.models import Api, Change, Version
from catalog_service.searching.indexing import index

from .lifecycle import take_over
from .offers import Offer
from .slugs import free_slug

# The key of the advisory lock; short transactions hold it, one after the other.
_ADMITTING = 7_300_301


@dataclass(frozen=True)
class Admission:
    """What came of an offer: the version, and whether the API says something else."""

    version: Version
    is_changed: bool
    is_new_api: bool = False


def admit(offer: Offer) -> Admission:
    """Make the offered document the current version of its API.

    A document that the API had before becomes current again under its old number. An
    API that was removed comes back.
    """
    version = _prepared(offer)
    with transaction.atomic():
        take_turn()
        api, is_new_api = _api_of(offer, version)
        known = api.versions.filter(content_hash=version.content_hash).first()
        current = known or _numbered(version, api)
        is_changed = api.current_id != current.pk
        before = _told(api)
        _update(api, offer, current, is_changed=is_changed)
        if is_changed:
            index(api, offer.outcome)
            _judge(current, offer, is_known=known is not None)
        _record(api, offer, before, is_new_api=is_new_api, is_changed=is_changed)
    return Admission(current, is_changed, is_new_api)


def take_turn() -> None:
    """Wait until nobody else admits or removes; call it in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADMITTING])


def _prepared(offer: Offer) -> Version:
    outcome, provenance = offer.outcome, offer.provenance
    return Version(
        content_hash=outcome.content_hash,
        raw=offer.raw,
        media_type=outcome.media_type,
        specification=outcome.specification,
        label=outcome.label,
        facts=outcome.facts,
        findings=outcome.findings,
        is_valid=outcome.is_valid,
        url=provenance.url,
        etag=provenance.etag,
        fetched_at=provenance.fetched_at,
        fetched_by=provenance.by,
    )


def _api_of(offer: Offer, version: Version) -> tuple[Api, bool]:
    api = Api.objects.filter(document_url=offer.key).first()
    if api is not None:
        return api, False
    title = str(version.facts["title"])
    now = timezone.now()
    made = Api.objects.create(
        slug=free_slug(title),
        title=title,
        document_url=offer.key,
        changed_at=now,
        seen_at=now,
    )
    return made, True


def _numbered(version: Version, api: Api) -> Version:
    highest = api.versions.aggregate(highest=Max("number"))["highest"] or 0
    version.api = api
    version.number = highest + 1
    version.save(force_insert=True)
    return version


def _judge(current: Version, offer: Offer, *, is_known: bool) -> None:
    """Keep the report of a new version; an old one has its own, with its own lines."""
    if is_known:
        show_score(current.api_id)
    else:
        keep_report(current, offer.outcome.report)


def _update(api: Api, offer: Offer, current: Version, *, is_changed: bool) -> None:
    api.current = current
    _show(api, offer)
    api.source = offer.source
    api.owner = offer.source.owner if offer.source else offer.owner or api.owner
    api.registered_by = offer.registered_by or api.registered_by
    api.documentation_url = offer.documentation_url
    api.etag = offer.provenance.etag
    api.state, api.message = Api.State.LISTED, ""
    api.removed_at = None
    api.seen_at = offer.provenance.fetched_at
    if is_changed:
        api.changed_at = offer.provenance.fetched_at
    take_over(api, offer.outcome.facts["lifecycle"])
    api.save()


def _show(api: Api, offer: Offer) -> None:
    """Keep with the API what its current document says, to be searched."""
    facts = offer.outcome.facts
    api.title = str(facts["title"])
    api.description = str(facts["description"])
    api.family = str(facts["family"])
    api.authentication = list(facts["authentication"])
    api.tags = list(offer.outcome.tags)
    api.is_valid = offer.outcome.is_valid
    api.operation_count = int(facts["operation_count"])


def _told(api: Api) -> dict[str, object]:
    """Say how an API is, for the audit log."""
    current = api.current
    return {
        "version": current.number if current else None,
        "label": current.label if current else None,
        "owner": api.owner,
        "removed": api.removed_at is not None,
    }


def _record(
    api: Api,
    offer: Offer,
    before: dict[str, object],
    *,
    is_new_api: bool,
    is_changed: bool,
) -> None:
    by, after = offer.provenance.by, _told(api)
    if is_new_api:
        record(api, Change.Kind.ADDED, by=by, after=after)
        return
    if before["removed"]:
        record(api, Change.Kind.RESTORED, by=by, before=before, after=after)
    elif is_changed:
        record(api, Change.Kind.VERSION, by=by, before=before, after=after)
    elif before["owner"] != after["owner"]:
        record(api, Change.Kind.OWNER, by=by, before=before, after=after)
