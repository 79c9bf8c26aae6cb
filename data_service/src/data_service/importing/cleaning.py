"""Removes physical tables that nothing serves or could serve again.

They are dropped only after longer than the longest export takes: a request that read
the pointer just before the switch still reads from them.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.utils import OperationalError
from psycopg import sql
from psycopg.errors import LockNotAvailable

from data_service.models import PhysicalTable

from .casting import SCHEMA

LONGEST_EXPORT = timedelta(hours=6)
_LOCK_TIMEOUT = "2s"
_NAME = re.compile(r"t(\d+)(?:_json)?")
logger = logging.getLogger(__name__)


def drop_unused(now: datetime, *, after: timedelta = LONGEST_EXPORT) -> int:
    """Drop the tables that no snapshot has had for longer than `after`.

    One that is being read is left for the next time. Gives how many are gone.
    """
    unused = PhysicalTable.objects.filter(
        snapshottable__isnull=True, unused_since__lt=now - after
    )
    numbers = {*unused.values_list("pk", flat=True), *_unknown()}
    return sum(map(_drop, sorted(numbers)))


def _unknown() -> set[int]:
    """Give the numbers of tables without a record.

    An import makes both in one transaction, so that none of them is under way.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class "
            "WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r'",
            [SCHEMA],
        )
        names = [_NAME.fullmatch(name) for (name,) in cursor.fetchall()]
    numbers = {int(match[1]) for match in names if match}
    known = PhysicalTable.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    return numbers - set(known)


def _drop(number: int) -> bool:
    tables = [sql.Identifier(SCHEMA, name) for name in _names(number)]
    statement = sql.SQL("DROP TABLE IF EXISTS {}").format(sql.SQL(", ").join(tables))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, true)", [_LOCK_TIMEOUT]
            )
            if not _forget(number):
                return False
            cursor.execute(statement)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        logger.info("physical table is in use", extra={"physical": number})
        return False
    return True


def _forget(number: int) -> bool:
    """Delete the record, unless a snapshot has it again; tell whether it is gone."""
    records = PhysicalTable.objects.filter(pk=number)
    records.filter(snapshottable__isnull=True).delete()
    return not records.exists()


def _names(number: int) -> tuple[str, str]:
    return f"t{number}", f"t{number}_json"
