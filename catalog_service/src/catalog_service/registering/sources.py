"""Register and remove sources; each change is followed by a harvest of its own."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from django.conf import settings
from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from catalog_service.admitting.states import set_state
from catalog_service.models import Api, Source
from shared.fetching import check_host, check_port, check_url
from shared.linksets import WELL_KNOWN

from .errors import SourceKnownError

HARVEST_TASK = "catalog_service.harvest"

logger = structlog.get_logger("kade.registering")


def register_source(url: str, *, owner: str = "", by: str) -> Source:
    """Register a source and have it harvested soon.

    A URL without a path means the well-known catalogue there (RFC 9727 §3). Names are
    not looked up now: the harvest does, and the answer to a stranger tells nothing of
    which names are known here. Raises UrlRefusedError, AddressRefusedError or
    SourceKnownError.
    """
    known = allowed_url(url)
    with transaction.atomic():
        source, is_new = Source.objects.get_or_create(
            url=known, defaults={"owner": owner, "registered_by": by}
        )
        if not is_new:
            raise SourceKnownError(source.pk)
        request_harvest(source.pk)
    logger.info("source.registered", url=known, by=by)
    return source


def register_sources(urls: Iterable[str], *, by: str) -> list[Source]:
    """Register the sources that are not known yet; return those.

    They come from whoever runs the service, and need not answer now. Raises
    UrlRefusedError.
    """
    new = []
    for url in map(source_url, urls):
        source, is_new = Source.objects.get_or_create(
            url=url,
            defaults={"owner": settings.ORGANISATION_NAME, "registered_by": by},
        )
        if is_new:
            new.append(source)
    return new


@transaction.atomic
def remove_source(source: Source, *, by: str) -> None:
    """Remove a source; the APIs that it listed stay, marked."""
    for api in source.apis.filter(removed_at=None):
        set_state(api, Api.State.VANISHED, "its source was removed", by=by)
    source.delete()
    logger.info("source.removed", url=source.url, by=by)


def request_harvest(source_id: int) -> None:
    """Have a source harvested by a worker, unless that is asked for already."""
    job = app.configure_task(HARVEST_TASK, queueing_lock=f"{HARVEST_TASK}/{source_id}")
    try:
        with transaction.atomic():
            job.defer(source_id=source_id)
    except exceptions.AlreadyEnqueued:
        logger.debug("harvest.waiting_already", source=source_id)


def allowed_url(url: str) -> str:
    """Write the URL of a source as it is kept, if anybody may register it.

    Raises UrlRefusedError or AddressRefusedError.
    """
    known = source_url(url)
    target = check_url(known, trusted=settings.TRUSTED_ORIGINS)
    if not target.trusted:
        check_host(target.host)
        check_port(target)
    return known


def source_url(url: str) -> str:
    """Write the URL of a source in the one way in which it is kept."""
    target = check_url(url.strip(), trusted=settings.TRUSTED_ORIGINS)
    return target.origin + WELL_KNOWN if target.path == "/" else target.url
