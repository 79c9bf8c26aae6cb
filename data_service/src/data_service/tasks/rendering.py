"""Fills the table beside a physical table with the finished JSON of each row.

It is one INSERT … SELECT of the expression that requests use too, so both give the
same bytes. Killed at any moment it leaves nothing; run again it starts anew.
"""

from __future__ import annotations

from django.db import connection, transaction
from psycopg import sql

from data_service.formats.hal import RENDERER_VERSION, row_expression
from data_service.importing.rendering import is_worth_storing, request_rendering
from data_service.models import DatasetVersion, PhysicalTable
from data_service.schemas.tables import Table

SETTINGS = (
    # The renderer writes date-times in UTC by this alone.
    ("TimeZone", "UTC"),
    ("statement_timeout", "0"),
    ("client_connection_check_interval", "200ms"),
    ("jit", "off"),
    ("maintenance_work_mem", "256MB"),
)


def render_rows(physical_id: int) -> int:
    """Store the rows of a table as JSON; give how many, 0 when there is no need."""
    with transaction.atomic():
        PhysicalTable.objects.filter(pk=physical_id).exclude(
            rendered_by=RENDERER_VERSION
        ).update(rendered_by="")
    with transaction.atomic():
        # Does not hinder those who refer to the row, as a new snapshot does.
        waiting = PhysicalTable.objects.select_for_update(no_key=True, skip_locked=True)
        physical = waiting.filter(pk=physical_id, rendered_by="").first()
        table = physical.table_schema() if physical else None
        if physical is None or table is None:
            return 0
        count = _fill(physical, table)
        physical.rendered_by = RENDERER_VERSION
        physical.save(update_fields=["rendered_by"])
    return count


def request_missing() -> int:
    """Ask for the rendering of what is served and lacks it; give how many tables."""
    served = DatasetVersion.objects.filter(current__isnull=False).values("current")
    missing = (
        PhysicalTable.objects.filter(snapshot__in=served)
        .exclude(rendered_by=RENDERER_VERSION)
        .distinct()
    )
    worthy = [physical for physical in missing if is_worth_storing(physical)]
    return sum(map(request_rendering, worthy))


def _fill(physical: PhysicalTable, table: Table) -> int:
    target = sql.Identifier("rows", physical.json_name)
    with connection.cursor() as cursor:
        for name, value in SETTINGS:
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(target))
        cursor.execute(
            sql.SQL(
                "CREATE TABLE {} (ordinal bigint NOT NULL, json text NOT NULL)"
            ).format(target)
        )
        cursor.execute(
            sql.SQL(
                "INSERT INTO {} SELECT r._ordinal, {} FROM {} r ORDER BY r._ordinal"
            ).format(
                target, row_expression(table), sql.Identifier("rows", physical.name)
            )
        )
        count = cursor.rowcount
        # A page is a range of ordinals.
        cursor.execute(
            sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (ordinal)").format(target)
        )
        cursor.execute(sql.SQL("ANALYZE {}").format(target))
    return int(count)
