"""Push documents, register APIs by URL, change and remove them; all is recorded.

A pushed document belongs to the API that the same account pushed under the same name
before; without a name, its title is the name. What an account pushed, only it changes,
or one that may change everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from catalog_service.admitting.lifecycle import set_by_hand
from catalog_service.admitting.offers import Offer, Provenance, look_at
from catalog_service.admitting.versions import Admission, admit, take_turn
from catalog_service.auditing.recording import record
from catalog_service.harvesting.fetching import fetch_document
from catalog_service.harvesting.schedule import first_harvest
from catalog_service.models import Api, Change, Source, listed_apis
from shared.fetching import (
    Fetched,
    UrlRefusedError,
    check_host,
    check_port,
    check_url,
)
from shared.fetching.errors import RedirectRefusedError

from .errors import ApiKnownError, HarvestedError, NotOwnerError

_MAX_NAME = 100


@dataclass(frozen=True)
class Account:
    """Who pushes, and whether they may change what others pushed."""

    name: str
    may_change_all: bool = False


def push_document(
    raw: bytes, *, name: str = "", owner: str = "", by: Account
) -> Admission:
    """Admit a document that somebody brought; raises DocumentError."""
    outcome = look_at(raw, base_url="")
    known_as = slugify(name or str(outcome.facts["title"]))[:_MAX_NAME]
    return admit(
        Offer(
            raw=raw,
            outcome=outcome,
            key=f"pushed:{by.name}/{known_as}",
            provenance=_brought(by),
            owner=owner,
            registered_by=by.name,
        )
    )


def replace_document(api: Api, raw: bytes, *, by: Account) -> Admission:
    """Admit a further document of an API; raises DocumentError.

    Raises NotOwnerError, and HarvestedError when the document is read at a source.
    """
    check_account(api, by)
    if not api.is_pushed:
        raise HarvestedError
    return admit(
        Offer(
            raw=raw,
            outcome=look_at(raw, base_url=""),
            key=api.document_url,
            provenance=_brought(by),
            registered_by=api.registered_by,
        )
    )


def register_api(url: str, *, owner: str = "", by: Account) -> Admission:
    """Fetch a document, admit it, and have its URL read again and again.

    Raises FetchError, DocumentError, and ApiKnownError when it is there already.
    """
    target = check_url(url.strip(), trusted=settings.TRUSTED_ORIGINS)
    if not target.trusted:
        check_host(target.host)
        check_port(target)
    _refuse_known(target.url)
    fetched = _fetch(target.url)
    outcome = look_at(fetched.body, base_url=fetched.url)
    now = timezone.now()
    with transaction.atomic():
        take_turn()
        _refuse_known(target.url)
        source = _source(target.url, owner, by)
        provenance = Provenance(fetched.url, fetched.etag, now, by.name)
        offer = Offer(
            raw=fetched.body,
            outcome=outcome,
            key=target.url,
            provenance=provenance,
            source=source,
            registered_by=by.name,
        )
        return admit(offer)


@transaction.atomic
def change_api(api_id: int, wanted: Mapping[str, Any], *, by: Account) -> Api:
    """Change owner, status, deprecation or sunset by hand; return the API.

    Raises NotOwnerError, and LifecycleError when sunset comes before deprecation.
    """
    take_turn()
    api = listed_apis().select_related("current").get(pk=api_id)
    check_account(api, by)
    before = _told(api)
    lifecycle = {name: value for name, value in wanted.items() if name != "owner"}
    if lifecycle:
        set_by_hand(api, lifecycle)
    if "owner" in wanted:
        _set_owner(api, str(wanted["owner"]))
    after = _told(api)
    if after != before:
        api.save()
        is_about_owner = before["owner"] != after["owner"]
        kind = Change.Kind.OWNER if is_about_owner else Change.Kind.LIFECYCLE
        record(api, kind, by=by.name, before=before, after=after)
    return api


@transaction.atomic
def remove_api(api_id: int, *, by: Account) -> None:
    """Take an API out of the catalogue; its versions and its log are kept.

    Raises NotOwnerError.
    """
    take_turn()
    api = listed_apis().get(pk=api_id)
    check_account(api, by)
    api.removed_at = timezone.now()
    api.save(update_fields=["removed_at"])
    Source.objects.filter(url=api.document_url, kind=Source.Kind.DOCUMENT).delete()
    record(api, Change.Kind.REMOVED, by=by.name, before={"title": api.title})


def check_account(api: Api, by: Account) -> None:
    """Raise NotOwnerError when an account may not change an API."""
    if api.registered_by and api.registered_by != by.name and not by.may_change_all:
        raise NotOwnerError


def _fetch(url: str) -> Fetched:
    """Fetch a URL that is one; where it leads is not the fault of who named it."""
    try:
        return fetch_document(url, named_by=url)
    except UrlRefusedError as error:
        raise RedirectRefusedError(f"it leads elsewhere: {error}") from error


def _brought(by: Account) -> Provenance:
    return Provenance("", "", timezone.now(), by.name)


def _refuse_known(url: str) -> None:
    known = listed_apis().filter(document_url=url).first()
    if known is not None:
        raise ApiKnownError(known.pk)


def _source(url: str, owner: str, by: Account) -> Source:
    """Have the URL read from now on, like every other source."""
    source, _ = Source.objects.get_or_create(
        url=url,
        defaults={
            "kind": Source.Kind.DOCUMENT,
            "owner": owner,
            "state": Source.State.WELL,
            "registered_by": by.name,
            "harvested_at": timezone.now(),
            "next_harvest_at": first_harvest(url, timezone.now()),
        },
    )
    return source


def _set_owner(api: Api, owner: str) -> None:
    """Name who answers; of what a source lists, the source would say otherwise."""
    if api.source is not None and api.source.kind != Source.Kind.DOCUMENT:
        raise HarvestedError
    if api.source is not None:
        Source.objects.filter(pk=api.source.pk).update(owner=owner)
    api.owner = owner


def _told(api: Api) -> dict[str, Any]:
    def day(value: Any) -> str | None:
        return value.isoformat() if value else None

    return {
        "owner": api.owner,
        "status": str(api.status),
        "deprecated": day(api.deprecated_date),
        "sunset": day(api.sunset_date),
        "byHand": list(api.by_hand),
    }
