"""Harvest a source: everything that it lists, and what it no longer lists."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
from django.utils import timezone

from catalog_service.admitting.states import set_state
from catalog_service.documents import DocumentError
from catalog_service.models import Api, Harvest, Source
from shared.fetching import FetchError

from .documents import Outcome, harvest_document, mark_unreadable
from .linksets import Entry
from .listings import Listing, read_listing
from .schedule import next_harvest

# One harvest takes no longer, however many slow documents a source lists.
MAX_SECONDS = 300
KEPT_HARVESTS = 50
_SHOWN_FAULTS = 5
_SOURCE_LEARNT = (
    "kind", "etag", "state", "failures", "message", "harvested_at", "next_harvest_at",
)  # fmt: skip
_HARVEST_LEARNT = (
    "state", "message", "documents", "changed", "unreadable", "vanished", "finished_at",
)  # fmt: skip

logger = structlog.get_logger("kade.harvesting")


def harvest_source(source_id: int, *, by: str) -> Harvest:
    """Read a source and bring its APIs up to date; return how it went.

    Raises Source.DoesNotExist. A source that cannot be read is a failed harvest, not an
    error; its APIs stay as they are. So is a defect of ours, which is logged.
    """
    source = Source.objects.get(pk=source_id)
    harvest = Harvest.objects.create(source=source, started_by=by)
    _fail_older(source, harvest)
    try:
        _harvest(source, harvest, by=by)
    except Exception as error:
        logger.exception("source.failed", source=source.url)
        _finish(source, harvest, Harvest.State.FAILED, "an error on our side", error)
    _forget_old(source)
    return harvest


def _fail_older(source: Source, harvest: Harvest) -> None:
    """Close what a killed worker left open; a harvest that lives still ends as usual.

    One by one: updates of several rows at once could wait for each other.
    """
    left = source.harvests.filter(state=Harvest.State.RUNNING, pk__lt=harvest.pk)
    for run in left.order_by("id"):
        left.filter(pk=run.pk).update(
            state=Harvest.State.FAILED,
            message="it was broken off",
            finished_at=timezone.now(),
        )


def _harvest(source: Source, harvest: Harvest, *, by: str) -> None:
    try:
        listing = read_listing(source)
    except (FetchError, DocumentError) as error:
        _fail(source, harvest, error, by=by)
    else:
        _complete(source, harvest, listing, by=by)


def _complete(source: Source, harvest: Harvest, listing: Listing, *, by: str) -> None:
    outcomes, faults = _harvest_entries(source, listing, by=by)
    faults = [*listing.faults, *faults]
    harvest.documents = len(listing.entries)
    harvest.changed = outcomes[Outcome.CHANGED]
    harvest.unreadable = outcomes[Outcome.UNREADABLE]
    harvest.vanished = _mark_vanished(source, listing.entries, by=by)
    source.kind = listing.kind
    source.etag = listing.etag if _is_all_known(source, listing.entries) else ""
    _finish(source, harvest, Harvest.State.DONE, _message(faults))


def _harvest_entries(
    source: Source, listing: Listing, *, by: str
) -> tuple[Counter[Outcome], list[str]]:
    outcomes: Counter[Outcome] = Counter()
    faults: list[str] = []
    last = time.monotonic() + MAX_SECONDS
    for entry in _longest_unseen_first(listing.entries):
        if time.monotonic() > last:
            faults.append(f"stopped after {MAX_SECONDS} seconds")
            break
        outcome, fault = _harvest_entry(source, listing, entry, by=by)
        outcomes[outcome] += 1
        faults += [fault] if fault else []
    return outcomes, faults


def _longest_unseen_first(entries: tuple[Entry, ...]) -> list[Entry]:
    """Put what is unknown first, then what was read longest ago.

    A listing that takes more time than a harvest has is so read in several.
    """
    urls = [entry.document_url for entry in entries]
    known = Api.objects.filter(document_url__in=urls)
    seen = dict(known.values_list("document_url", "seen_at"))
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: seen.get(entry.document_url, never))


def _harvest_entry(
    source: Source, listing: Listing, entry: Entry, *, by: str
) -> tuple[Outcome, str]:
    """Harvest one entry; a defect of ours must not keep the others from it."""
    try:
        return harvest_document(source, entry, fetched=listing.fetched, by=by)
    except Exception:
        logger.exception("document.failed", url=entry.document_url)
        return Outcome.UNREADABLE, f"{entry.document_url}: an error on our side"


def _is_all_known(source: Source, entries: tuple[Entry, ...]) -> bool:
    """Tell whether all entries became APIs of the source.

    Only then is "unchanged" an answer: it is read as those APIs, and what could not be
    read, or belonged to another, would be forgotten.
    """
    return source.apis.exclude(state=Api.State.VANISHED).count() == len(entries)


def _mark_vanished(source: Source, entries: Iterable[Entry], *, by: str) -> int:
    """Mark, and keep, the APIs that the source lists no more."""
    listed = [entry.document_url for entry in entries]
    gone = source.apis.exclude(document_url__in=listed)
    gone = gone.exclude(state=Api.State.VANISHED).filter(removed_at=None)
    return sum(
        set_state(api, Api.State.VANISHED, "its source no longer lists it", by=by)
        for api in gone
    )


def _fail(source: Source, harvest: Harvest, error: Exception, *, by: str) -> None:
    if source.kind == Source.Kind.DOCUMENT:
        mark_unreadable(source.url, str(error), by=by)
    _finish(source, harvest, Harvest.State.FAILED, str(error), error)


def _finish(
    source: Source,
    harvest: Harvest,
    state: str,
    message: str,
    error: Exception | None = None,
) -> None:
    now = timezone.now()
    harvest.state, harvest.message, harvest.finished_at = state, message, now
    _write(harvest, _HARVEST_LEARNT)
    source.state = Source.State.FAILING if error else Source.State.WELL
    source.failures = source.failures + 1 if error else 0
    source.message, source.harvested_at = message, now
    source.next_harvest_at = next_harvest(source, now, error)
    _write(source, _SOURCE_LEARNT)
    is_news = error or harvest.changed or harvest.unreadable or harvest.vanished
    logger.log(
        logging.INFO if is_news else logging.DEBUG,
        "source.harvested",
        source=source.url,
        state=state,
        changed=harvest.changed,
        unreadable=harvest.unreadable,
        vanished=harvest.vanished,
    )


def _write(record: Source | Harvest, names: tuple[str, ...]) -> None:
    """Write what was learnt; somebody may have removed the source meanwhile."""
    learnt = {name: getattr(record, name) for name in names}
    type(record).objects.filter(pk=record.pk).update(**learnt)


def _message(faults: list[str]) -> str:
    """Tell the first faults, and how many there are more."""
    shown = "\n".join(faults[:_SHOWN_FAULTS])
    left = len(faults) - _SHOWN_FAULTS
    return f"{shown}\nand {left} more" if left > 0 else shown


def _forget_old(source: Source) -> None:
    kept = source.harvests.order_by("-id").values("pk")[:KEPT_HARVESTS]
    oldest = list(kept.values_list("pk", flat=True))[-1:]
    source.harvests.filter(pk__lt=min(oldest, default=0)).delete()
