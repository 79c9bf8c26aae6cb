"""DRF's faces of what `shared` does: each class is a thin adapter of a function.

The names below load when they are asked for: DRF reads its settings, which name these
modules, while it is being imported itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.rest.authentication import TokenAuthentication
    from shared.rest.exceptions import problem_handler
    from shared.rest.generating import written_document
    from shared.rest.pagination import Pagination
    from shared.rest.permissions import HasScope, ReadOnly
    from shared.rest.throttling import SearchThrottle, WriteThrottle

__all__ = [
    "HasScope",
    "Pagination",
    "ReadOnly",
    "SearchThrottle",
    "TokenAuthentication",
    "WriteThrottle",
    "problem_handler",
    "written_document",
]

_HOMES = {
    "HasScope": "permissions",
    "Pagination": "pagination",
    "ReadOnly": "permissions",
    "SearchThrottle": "throttling",
    "TokenAuthentication": "authentication",
    "WriteThrottle": "throttling",
    "problem_handler": "exceptions",
    "written_document": "generating",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'shared.rest' has no attribute '{name}'")
    return getattr(import_module(f"shared.rest.{_HOMES[name]}"), name)
