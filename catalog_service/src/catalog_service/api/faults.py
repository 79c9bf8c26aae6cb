"""Which problem a client sees for what goes wrong with documents and their places.

One table: bytes that are no text and text that is no JSON or YAML are malformed (400);
what can be read and is refused is unprocessable (422), with line and column.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalog_service.admitting.lifecycle import LifecycleError
from catalog_service.comparing.checking import AmbiguousApiError, UnknownApiError
from catalog_service.comparing.pairs import NoVersionError
from catalog_service.documents import (
    CharacterError,
    DocumentError,
    EncodingError,
    SyntaxFaultError,
    TooLargeError,
)
from catalog_service.registering.errors import (
    ApiKnownError,
    DeviationKnownError,
    HarvestedError,
    NotOwnerError,
    SourceKnownError,
    TooManyDeviationsError,
)
from shared.fetching import AddressRefusedError, FetchError, UrlRefusedError
from shared.problems import (
    BadRequestError,
    ConflictError,
    Fault,
    ForbiddenError,
    NotFoundError,
    ProblemError,
    UnprocessableError,
)
from shared.problems import TooLargeError as TooLargeProblem


def problem_of(error: Exception) -> ProblemError:
    """Return the problem that tells an error of this service."""
    return next(make(error) for kind, make in _TABLE if isinstance(error, kind))


def _url(error: Any) -> ProblemError:
    return BadRequestError(
        faults=[Fault("url", str(error), "body", accepted=error.reason)]
    )


def _sunset(_error: Any) -> ProblemError:
    fault = Fault(
        "sunset", "lies before the deprecation", "body", accepted="a later day"
    )
    return BadRequestError(faults=[fault])


def _malformed(error: Any) -> ProblemError:
    return BadRequestError(faults=[Fault("body", str(error), "body")])


def _version(error: Any) -> ProblemError:
    fault = Fault(error.name, str(error), accepted=error.accepted)
    return NotFoundError(f"{error} There are: {error.accepted}.", faults=[fault])


_TABLE: tuple[tuple[type[Exception], Callable[[Any], ProblemError]], ...] = (
    (TooLargeError, lambda error: TooLargeProblem(str(error))),
    (CharacterError, lambda error: UnprocessableError(str(error))),
    (EncodingError, _malformed),
    (SyntaxFaultError, _malformed),
    (DocumentError, lambda error: UnprocessableError(str(error))),
    (UrlRefusedError, _url),
    (
        AddressRefusedError,
        lambda error: UnprocessableError(f"address not allowed: {error}"),
    ),
    (FetchError, lambda error: UnprocessableError(str(error))),
    (LifecycleError, _sunset),
    (ApiKnownError, lambda error: ConflictError(str(error))),
    (SourceKnownError, lambda error: ConflictError(str(error))),
    (HarvestedError, lambda error: ConflictError(str(error))),
    (NoVersionError, _version),
    (UnknownApiError, lambda error: NotFoundError(str(error))),
    (AmbiguousApiError, lambda error: ConflictError(str(error))),
    (DeviationKnownError, lambda error: ConflictError(str(error))),
    (TooManyDeviationsError, lambda error: ConflictError(str(error))),
    (NotOwnerError, lambda error: ForbiddenError(str(error))),
)
FAULTS = tuple(kind for kind, _ in _TABLE)
