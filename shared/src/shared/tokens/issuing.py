"""Making and ending tokens: `kade_<id>_<secret>`, of which the hash is kept.

The prefix lets secret scanners find a token that leaked; the id names it in logs and
in the admin without giving it away.
"""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shared.tokens.errors import (
    NameInvalidError,
    ScopeUnknownError,
    TokenUnknownError,
)
from shared.tokens.models import ServiceAccount, Token

PREFIX = "kade"
_ALPHABET = string.ascii_letters + string.digits
_ID_LENGTH = 12
_SECRET_LENGTH = 43  # 256 bits: a fast hash is enough, there is nothing to guess
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")


@transaction.atomic
def create_token(
    name: str,
    *,
    scopes: Sequence[str],
    by: str,
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """Make a token for the service account `name`, and the account when it is new.

    Returns the token and its secret text, which cannot be had again. Raises
    ScopeUnknownError and NameInvalidError.
    """
    _check_name(name)
    check_scopes(scopes)
    account, _ = ServiceAccount.objects.get_or_create(
        name=name, defaults={"created_by": by}
    )
    scopes = sorted(set(scopes))
    token = Token(account=account, scopes=scopes, expires_at=expires_at)
    text = fill_token(token, by=by)
    token.save(force_insert=True)
    return token, text


def fill_token(token: Token, *, by: str) -> str:
    """Give an unsaved token its id, hash and maker; return its text."""
    secret = _random(_SECRET_LENGTH)
    token.id = _random(_ID_LENGTH).lower()
    token.digest = digest_of(secret)
    token.created_by = by
    return f"{PREFIX}_{token.id}_{secret}"


def revoke_token(token_id: str) -> None:
    """End a token now; ending it again changes nothing. Raises TokenUnknownError."""
    tokens = Token.objects.filter(id=token_id)
    changed = tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    if not changed and not tokens.exists():
        raise TokenUnknownError(f"there is no token '{token_id}'")


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).digest()


def check_scopes(scopes: Sequence[str]) -> None:
    """Refuse scopes that this service does not have (ScopeUnknownError)."""
    known = tuple(settings.TOKEN_SCOPES)
    unknown = [scope for scope in scopes if scope not in known]
    if unknown or not scopes:
        raise ScopeUnknownError(
            f"unknown scopes: {', '.join(unknown) or 'none given'}; "
            f"use {', '.join(known)}"
        )


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise NameInvalidError(
            f"'{name[:70]}' is no name for a service account; use small letters, "
            "digits, '.', '_' and '-', at most 63"
        )


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
