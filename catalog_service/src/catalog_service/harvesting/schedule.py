"""When a source is read again: soon after success, ever later after failures."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from catalog_service.models import Source
from shared.fetching import StatusError

from .fetching import is_trusted

# A new dataset of one's own house appears within a minute.
OWN_INTERVAL = timedelta(seconds=20)
# Nobody else's server should notice us.
OTHERS_INTERVAL = timedelta(minutes=15)
# How far apart failures move readings: one's own services come back after a deploy.
OWN_LONGEST_WAIT = timedelta(minutes=1)
OTHERS_LONGEST_WAIT = timedelta(hours=6)
LONGEST_RETRY_AFTER = timedelta(days=1)
# After this, a harvest is taken to have died with its worker.
LEASE = timedelta(minutes=10)


def due_sources(now: datetime) -> QuerySet[Source]:
    """Return the sources whose turn it is, the longest waiting first."""
    is_due = Q(next_harvest_at__isnull=True) | Q(next_harvest_at__lte=now)
    return Source.objects.filter(is_due).order_by("next_harvest_at", "id")


def claim(source_id: int, now: datetime) -> bool:
    """Take the turn of a source, unless another has just taken it."""
    return bool(
        due_sources(now).filter(pk=source_id).update(next_harvest_at=now + LEASE)
    )


def next_harvest(source: Source, now: datetime, error: Exception | None) -> datetime:
    """Return when to read a source again; `source.failures` counts this one too."""
    interval, longest = _rhythm(source)
    if error is None:
        return now + interval
    factor: int = 2 ** min(max(source.failures - 1, 0), 16)
    return now + max(min(interval * factor, longest), _asked_for(error))


def _rhythm(source: Source) -> tuple[timedelta, timedelta]:
    """Return how often a source is read, and how seldom after failures."""
    if is_trusted(source.url):
        return OWN_INTERVAL, OWN_LONGEST_WAIT
    return OTHERS_INTERVAL, OTHERS_LONGEST_WAIT


def _asked_for(error: Exception) -> timedelta:
    """Honour Retry-After (RFC 9110 §10.2.3), within reason."""
    seconds = error.retry_after if isinstance(error, StatusError) else None
    return min(timedelta(seconds=seconds or 0), LONGEST_RETRY_AFTER)


def first_harvest(url: str, now: datetime) -> datetime:
    """Return when to read a source again that has just been read."""
    return now + (OWN_INTERVAL if is_trusted(url) else OTHERS_INTERVAL)
