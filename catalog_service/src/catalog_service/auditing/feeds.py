"""Feeds of changes (Atom, RFC 4287): what those who depend on an API want to hear."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed

from catalog_service.models import Api, Change, Comparison
from shared.links import public_url

ENTRIES = 50
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
# XML 1.0 has no way to write these (§2.2).
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A source that cannot be read for a moment is no news to those who use the API.
_NEWS = [kind for kind in Change.Kind.values if kind != Change.Kind.STATE]
_TITLES = {
    Change.Kind.ADDED: "{title}: new in the catalogue",
    Change.Kind.VERSION: "{title}: version {version}",
    Change.Kind.LIFECYCLE: "{title}: {lifecycle}",
    Change.Kind.OWNER: "{title}: another owner",
    Change.Kind.DEVIATION: "{title}: explained deviations",
    Change.Kind.REMOVED: "{title}: removed from the catalogue",
    Change.Kind.RESTORED: "{title}: back in the catalogue",
}


def latest_changes(api: Api | None = None) -> QuerySet[Change]:
    """Return the changes that a feed tells, newest first."""
    found = Change.objects.filter(kind__in=_NEWS).select_related("api")
    found = found.defer("api__description")
    if api is not None:
        found = found.filter(api=api)
    return found.order_by("-id")[:ENTRIES]


def write_feed(
    changes: Iterable[Change], *, title: str, place: str, page: str
) -> bytes:
    """Write a feed; `place` is its own address, `page` the one for people."""
    feed = Atom1Feed(
        title=_plain(title),
        link=public_url(page),
        description="",
        feed_url=public_url(place),
        feed_guid=public_url(place),
    )
    told = list(changes)
    breaking = _breaking(told)
    for change in told:
        _add(feed, change, is_breaking=breaking.get(_version(change)))
    text: str = feed.writeString("utf-8")
    return text.encode()


def comparisons_of(api: Api | None = None) -> QuerySet[Comparison]:
    """Return what a feed may tell of the versions in it."""
    found = Comparison.objects.filter(told__isnull=False)
    return found if api is None else found.filter(version__api=api)


def _breaking(changes: Iterable[Change]) -> dict[tuple[int, int], bool]:
    """Say of versions that were compared with the one before them if they break."""
    versions = [version for change in changes if (version := _version(change))[1]]
    found = comparisons_of().filter(
        version__api_id__in={api_id for api_id, _ in versions},
        version__number__in={number for _, number in versions},
    )
    rows = found.values_list("version__api_id", "version__number", "breaking")
    return {(api_id, number): bool(count) for api_id, number, count in rows}


def _version(change: Change) -> tuple[int, int]:
    """Return the API and the number of the version that came after the one before."""
    old, new = (side.get("version") or 0 for side in (change.before, change.after))
    return change.api_id, new if new == old + 1 and old else 0


def _add(feed: Atom1Feed, change: Change, *, is_breaking: bool | None) -> None:
    api = change.api
    number = change.after.get("version")
    kinds = [str(change.kind), *([f"version-{number}"] if number else [])]
    page = f"/apis/{api.slug}"
    if is_breaking is not None:
        kinds.append("breaking" if is_breaking else "compatible")
        page = f"{page}/diff?to={number}"
    feed.add_item(
        title=_plain(_title(change)) + (" (breaks clients)" if is_breaking else ""),
        link=public_url(page),
        description=_plain(_told(change)),
        unique_id=public_url(f"/v1/apis/{api.pk}/audit#{change.pk}"),
        updateddate=change.changed_at,
        pubdate=change.changed_at,
        author_name=_plain(change.changed_by),
        categories=kinds,
    )


def _title(change: Change) -> str:
    stages = [
        f"{name} {change.after[name]}"
        for name in ("status", "deprecated", "sunset")
        if change.after.get(name)
    ]
    label = change.after.get("label") or change.after.get("version", "")
    pattern = _TITLES[Change.Kind(change.kind)]
    return pattern.format(
        title=change.api.title,
        version=label,
        lifecycle=", ".join(stages) or "as its document says",
    )


def _told(change: Change) -> str:
    """Say each member that changed, from what to what."""
    names = dict.fromkeys((*change.before, *change.after))
    return "; ".join(
        f"{name}: {change.before.get(name, '-')} → {change.after.get(name, '-')}"
        for name in names
    )


def _plain(text: str) -> str:
    return _UNWRITABLE.sub("", text)
