"""Who may do what, for DRF (adapter of `shared.tokens.access.require`)."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from typing_extensions import override

from shared.problems import ForbiddenError
from shared.tokens.access import require


def is_write(request: Request, view: Any) -> bool:
    """Return whether `view` has the method of `request` and it is no reading one.

    A method that the view lacks is a 405 for everybody, not a 401.
    """
    method = request.method
    return method not in SAFE_METHODS and method in view.allowed_methods


class ReadOnly(BasePermission):
    """Let anybody read and nobody write: the default of a view that names nothing."""

    @override
    def has_permission(self, request: Request, view: Any) -> bool:
        """Raise ForbiddenError for a write."""
        if is_write(request, view):
            raise ForbiddenError
        return True


def HasScope(scope: str) -> type[BasePermission]:  # noqa: N802  (it makes a class)
    """Return the permission to read for all and to write for callers with `scope`."""

    class ScopePermission(BasePermission):
        required_scope = scope

        @override
        def has_permission(self, request: Request, view: Any) -> bool:
            if is_write(request, view):
                require(request._request, scope)
            return True

    return ScopePermission
