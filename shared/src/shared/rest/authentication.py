"""Tokens for DRF (adapter of `shared.tokens.access`)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from typing_extensions import override

from shared.tokens.access import Caller, authenticate


class TokenAuthentication(BaseAuthentication):
    """Know the service account by its token; `request.user` is a Caller."""

    def authenticate(self, request: Request) -> tuple[Caller, str] | None:
        """Return the caller and the token's id, or None for anybody."""
        caller = authenticate(request._request)
        return (caller, caller.token_id) if caller.is_authenticated else None

    @override
    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401."""
        return 'Bearer realm="kade"'


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Say in the OpenAPI document how to send a token."""

    target_class = "shared.rest.authentication.TokenAuthentication"
    name = "token"

    @override
    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the security scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of a service account; reading needs none.",
        }
