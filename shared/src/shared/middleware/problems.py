"""Every answer that is an error is a problem, wherever it arose."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from shared.middleware import GetResponse
from shared.middleware.requests import RequestCheck
from shared.problems import (
    MethodNotAllowedError,
    problem_response,
    to_problem,
)

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ProblemMiddleware:
    """Check the request; turn what a view raises, and a bare 405, into a problem.

    A reader whose database went away midway is answered from the next one that is
    there (ADR 0015).

    What is no problem by the table goes on to Django, which logs it and calls
    handler500.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        self._check = RequestCheck()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if error := self._check(request):
            return problem_response(request, error)
        response = self._get_response(request)
        if response.status_code == 503 and _may_repeat(request):
            response = self._get_response(request)
        if response.status_code == 405 and isinstance(response, HttpResponseNotAllowed):
            return _method_not_allowed(request, response)
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Return the problem of what a view raised, or None for a defect."""
        error = to_problem(exception)
        return problem_response(request, error) if error else None


def _may_repeat(request: HttpRequest) -> bool:
    """Tell whether only the connection failed, and reading may do on another one."""
    has_failed = connection.connection is not None and connection.errors_occurred
    if request.method not in _SAFE or not has_failed:
        return False
    connection.close_if_unusable_or_obsolete()
    return connection.connection is None


def _method_not_allowed(
    request: HttpRequest, response: HttpResponseNotAllowed
) -> HttpResponse:
    allowed = response.headers["Allow"]
    detail = f"{(request.method or '')[:20]} is not possible here; use {allowed}."
    error = MethodNotAllowedError(detail, allowed=allowed.split(", "))
    return problem_response(request, error)
