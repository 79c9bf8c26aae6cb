"""Makes the files of tables, where the writers are installed."""

from __future__ import annotations

import logging
from importlib.util import find_spec

from django.db.models import Count

from data_service.downloading import making
from data_service.downloading.errors import MissingLibraryError
from data_service.downloading.kinds import kinds_of
from data_service.downloading.writers import LIBRARIES
from data_service.importing.downloads import request_downloads
from data_service.models import DatasetVersion, PhysicalTable

logger = logging.getLogger(__name__)


def make_download(physical_id: int, kind: str) -> int:
    """Make a file; a worker without its writer says so, and leaves it."""
    try:
        return making.make_download(physical_id, kind)
    except MissingLibraryError as error:
        told = {"physical": physical_id, "kind": kind, "cure": str(error)}
        logger.warning("download not made", extra=told)
        return 0


def request_missing() -> int:
    """Ask for the files of what is served and lacks some; give how many jobs.

    A worker that cannot make them does not keep asking.
    """
    if not all(map(find_spec, LIBRARIES)):
        return 0
    served = DatasetVersion.objects.filter(current__isnull=False).values("current")
    tables = PhysicalTable.objects.filter(snapshot__in=served).distinct()
    counted = tables.annotate(made=Count("downloads", distinct=True)).order_by("pk")
    return sum(request_downloads(p) for p in counted if _lacks_some(p, p.made))


def _lacks_some(physical: PhysicalTable, made: int) -> bool:
    table = physical.table_schema()
    return table is not None and made < len(kinds_of(table))
