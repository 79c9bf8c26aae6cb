"""When a job is done again: its worker was killed, or the database went away."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from psycopg import InterfaceError as DriverInterfaceError
from psycopg import OperationalError as DriverOperationalError
from psycopg.errors import ReadOnlySqlTransaction

MAX_ATTEMPTS = 5
DATABASE_ERRORS: tuple[type[Exception], ...] = (
    *(OperationalError, InterfaceError),
    *(DriverOperationalError, DriverInterfaceError, ReadOnlySqlTransaction),
)

# After 2, 4, 8, 16 and 32 seconds: a primary that is started again is there by then.
AGAIN = RetryStrategy(
    max_attempts=MAX_ATTEMPTS, exponential_wait=2, retry_exceptions=DATABASE_ERRORS
)
