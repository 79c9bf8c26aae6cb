"""Problem details (RFC 9457): one error tree, one table, one writer (ADR 0005)."""

from shared.problems.errors import (
    BadRequestError,
    ConflictError,
    Fault,
    ForbiddenError,
    GoneError,
    LengthRequiredError,
    MethodNotAllowedError,
    NotAcceptableError,
    NotFoundError,
    PreconditionFailedError,
    ProblemError,
    TooLargeError,
    TooManyRequestsError,
    UnauthorizedError,
    UnavailableError,
    UnexpectedError,
    UnprocessableError,
    UnsupportedMediaTypeError,
)
from shared.problems.responses import MEDIA_TYPE, problem_document, problem_response
from shared.problems.translation import to_problem

__all__ = [
    "MEDIA_TYPE",
    "BadRequestError",
    "ConflictError",
    "Fault",
    "ForbiddenError",
    "GoneError",
    "LengthRequiredError",
    "MethodNotAllowedError",
    "NotAcceptableError",
    "NotFoundError",
    "PreconditionFailedError",
    "ProblemError",
    "TooLargeError",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnavailableError",
    "UnexpectedError",
    "UnprocessableError",
    "UnsupportedMediaTypeError",
    "problem_document",
    "problem_response",
    "to_problem",
]
