"""Service accounts with opaque, prefixed, hashed and scoped tokens (ADR 0014).

The names below load when they are asked for: Django imports this package before its
models may be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.tokens.access import ANONYMOUS, Caller, authenticate, require
    from shared.tokens.issuing import create_token, revoke_token

__all__ = [
    "ANONYMOUS",
    "Caller",
    "authenticate",
    "create_token",
    "require",
    "revoke_token",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'shared.tokens' has no attribute '{name}'")
    home = "issuing" if name.endswith("_token") else "access"
    return getattr(import_module(f"shared.tokens.{home}"), name)
