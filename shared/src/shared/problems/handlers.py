"""Django's error handlers, and the view for a refused form: all write a problem."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shared.problems.errors import (
    BadRequestError,
    ForbiddenError,
    NotFoundError,
    UnexpectedError,
)
from shared.problems.responses import problem_response
from shared.problems.translation import to_problem


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django itself refuses."""
    return problem_response(request, to_problem(exception) or BadRequestError())


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not allowed."""
    return problem_response(request, to_problem(exception) or ForbiddenError())


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for an address that is not in urls.py."""
    return problem_response(request, to_problem(exception) or NotFoundError())


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer after a defect of our own; Django has logged it."""
    return problem_response(request, UnexpectedError())


def nothing_here(_request: HttpRequest, *_args: object) -> HttpResponse:
    """Raise NotFoundError: a problem, also where Django would show its own page."""
    raise NotFoundError


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page."""
    return problem_response(request, ForbiddenError(reason))
