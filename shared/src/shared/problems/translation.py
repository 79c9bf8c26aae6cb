"""The one table from an exception to the problem that a client sees."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.db import DatabaseError, OperationalError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from psycopg import OperationalError as DriverError
from psycopg.errors import (
    DeadlockDetected,
    QueryCanceled,
    ReadOnlySqlTransaction,
    SerializationFailure,
)

from shared.busy import BusyError
from shared.problems.errors import (
    BadRequestError,
    Fault,
    ForbiddenError,
    NotFoundError,
    ProblemError,
    TooLargeError,
    UnavailableError,
)


def to_problem(exception: BaseException) -> ProblemError | None:
    """Return the problem of `exception`, or None for a defect of our own."""
    if isinstance(exception, ProblemError):
        return exception
    # Django's own class of a database's error is coarser than the driver's.
    driver = exception.__cause__ if isinstance(exception, DatabaseError) else None
    for kind, problem in _TABLE:
        if isinstance(exception, kind) or isinstance(driver, kind):
            return problem(exception)
    return None


def _not_found(exception: BaseException) -> ProblemError:
    reason = exception.args[0] if exception.args else ""
    # The resolver's reason is a dict with every URL pattern: not for a client.
    return NotFoundError(reason if isinstance(reason, str) else "")


def _bad_host(_exception: BaseException) -> ProblemError:
    fault = Fault("Host", "this host is not served here", location="header")
    return BadRequestError(faults=[fault])


def _too_long(_exception: BaseException) -> ProblemError:
    return UnavailableError("This question took too long; ask for less.")


def _read_only(_exception: BaseException) -> ProblemError:
    return UnavailableError("Nothing can be written at the moment; reading goes on.")


def _in_the_way(_exception: BaseException) -> ProblemError:
    detail = "This question was ended, for what it reads is being changed; ask again."
    return UnavailableError(detail)


def _database(_exception: BaseException) -> ProblemError:
    return UnavailableError("The database does not answer at the moment.")


def _busy(_exception: BaseException) -> ProblemError:
    return UnavailableError("Too much is asked at the moment; try again soon.")


_TABLE: tuple[
    tuple[type[BaseException], Callable[[BaseException], ProblemError]], ...
] = (
    (Http404, _not_found),
    (PermissionDenied, lambda _: ForbiddenError()),
    (DisallowedHost, _bad_host),
    (RequestDataTooBig, lambda _: TooLargeError()),
    (TooManyFieldsSent, lambda _: BadRequestError("There are too many parameters.")),
    (SuspiciousOperation, lambda _: BadRequestError()),
    (MultiPartParserError, lambda _: BadRequestError("The form cannot be read.")),
    (BadRequest, lambda error: BadRequestError(str(error))),
    (QueryCanceled, _too_long),
    (ReadOnlySqlTransaction, _read_only),  # a replica, while the primary is away
    (SerializationFailure, _in_the_way),  # a replica has to replay what it read
    (DeadlockDetected, _in_the_way),
    (BusyError, _busy),
    (OperationalError, _database),
    (DriverError, _database),
)
