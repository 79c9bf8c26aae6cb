"""Every error of a DRF view as a problem (adapter of `shared.problems`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

from shared.problems import (
    BadRequestError,
    Fault,
    ForbiddenError,
    MethodNotAllowedError,
    NotAcceptableError,
    NotFoundError,
    ProblemError,
    TooManyRequestsError,
    UnauthorizedError,
    UnsupportedMediaTypeError,
    problem_response,
    to_problem,
)

_MAX_FAULTS = 100


def problem_handler(
    exception: Exception, context: dict[str, Any]
) -> HttpResponse | None:
    """Return the problem of `exception`; None leaves a defect to Django."""
    error = to_problem(exception) or _translate(exception, context)
    if error is None:
        return None
    set_rollback()
    return problem_response(context["request"]._request, error)


def _translate(exception: Exception, context: dict[str, Any]) -> ProblemError | None:
    if isinstance(exception, exceptions.MethodNotAllowed):
        return MethodNotAllowedError(
            str(exception.detail), allowed=context["view"].allowed_methods
        )
    if isinstance(exception, exceptions.UnsupportedMediaType):
        return _not_read(exception, context["view"])
    for kind, problem in _TABLE:
        if isinstance(exception, kind):
            return problem(exception)
    return None


def _invalid(exception: Any) -> ProblemError:
    faults = list(_faults(exception.get_full_details()))
    return BadRequestError(faults=faults[:_MAX_FAULTS])


def _faults(details: Any, name: str = "") -> Iterator[Fault]:
    """Yield each message of DRF's nested details under its dotted name."""
    if isinstance(details, list):
        for index, item in enumerate(details):
            plain = isinstance(item, dict) and "message" in item
            yield from _faults(item, name if plain else f"{name}.{index}".strip("."))
    elif isinstance(details, dict) and set(details) == {"message", "code"}:
        name = name or "body"
        yield Fault(name, str(details["message"]), "body", code=str(details["code"]))
    elif isinstance(details, dict):
        for member, item in details.items():
            own = "" if member == "non_field_errors" else str(member)
            yield from _faults(item, ".".join(part for part in (name, own) if part))


def _not_read(exception: Any, view: Any) -> ProblemError:
    """Say which types of bodies are read, and the header that names one."""
    types = [parser.media_type for parser in view.parser_classes]
    accepted = ", ".join(types)
    return UnsupportedMediaTypeError(
        f"{exception.detail} Say what the body is with a header such as "
        f"'Content-Type: {types[0]}'; accepted are {accepted}.",
        faults=[Fault("Content-Type", "is not read here", "header", accepted)],
    )


def _throttled(exception: Any) -> ProblemError:
    return TooManyRequestsError(retry_after=int(exception.wait or 60))


_TABLE: tuple[tuple[type[Exception], Callable[[Any], ProblemError]], ...] = (
    (exceptions.ValidationError, _invalid),
    (exceptions.ParseError, lambda error: BadRequestError(str(error.detail))),
    (exceptions.NotAuthenticated, lambda _: UnauthorizedError()),
    (
        exceptions.AuthenticationFailed,
        lambda _: UnauthorizedError(error="invalid_token"),
    ),
    (exceptions.PermissionDenied, lambda error: ForbiddenError(str(error.detail))),
    (exceptions.NotFound, lambda error: NotFoundError(str(error.detail))),
    (exceptions.NotAcceptable, lambda _: NotAcceptableError()),
    (exceptions.Throttled, _throttled),
)
