"""Makes the indexes of a physical table, once its rows are served (ADR 0022).

All of them in one transaction: killed at any moment it leaves none; run again it
starts anew. Readers are not held up, for the table never changes.
"""

from __future__ import annotations

from typing import cast

from django.db import connection, transaction
from psycopg import sql

from data_service.importing.indexing import (
    FEWEST_ROWS,
    Connection,
    index_columns,
    request_indexing,
)
from data_service.models import DatasetVersion, PhysicalTable

from .rendering import SETTINGS


def index_rows(physical_id: int) -> int:
    """Make the indexes of a table; give how many, 0 when there is no need."""
    with transaction.atomic():
        waiting = PhysicalTable.objects.select_for_update(no_key=True, skip_locked=True)
        physical = (
            waiting.filter(pk=physical_id)
            .exclude(statistics__has_key="indexes")
            .first()
        )
        table = physical.table_schema() if physical else None
        if physical is None or table is None:
            return 0
        name = sql.Identifier("rows", physical.name)
        with connection.cursor() as cursor:
            for setting, value in SETTINGS:
                cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
            raw = cast(Connection, connection.connection)
            count = index_columns(raw, name, table.fields, table.key)
            # What an index is made of has statistics of its own.
            cursor.execute(sql.SQL("ANALYZE {}").format(name))
        physical.statistics["indexes"] = count
        physical.save(update_fields=["statistics"])
    return count


def request_missing() -> int:
    """Ask for the indexes of what is served and lacks them; give how many tables."""
    served = DatasetVersion.objects.filter(current__isnull=False).values("current")
    missing = (
        PhysicalTable.objects.filter(snapshot__in=served, row_count__gte=FEWEST_ROWS)
        .exclude(statistics__has_key="indexes")
        .distinct()
    )
    return sum(map(request_indexing, missing))
