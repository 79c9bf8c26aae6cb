"""Who calls, and whether they may: the functions behind every face (ADR 0014)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import connection
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from shared.databases import is_replica
from shared.problems import ForbiddenError, UnauthorizedError
from shared.tokens.issuing import PREFIX, digest_of
from shared.tokens.models import Token

_COARSE = timedelta(hours=1)
_MAX_HEADER = 200


@dataclass(frozen=True)
class Caller:
    """The service account behind a request; without a name it is anybody."""

    name: str = ""
    scopes: frozenset[str] = frozenset()
    token_id: str = ""

    @property
    def is_authenticated(self) -> bool:
        """Whether a valid token came with the request."""
        return bool(self.name)

    def __str__(self) -> str:
        return self.name or "anonymous"


ANONYMOUS = Caller()


def authenticate(request: HttpRequest) -> Caller:
    """Return the caller of `request`; ANONYMOUS when no credentials came with it.

    Raises UnauthorizedError for credentials that are not valid: a caller with a wrong
    token must not believe to be known. Asked once per request.
    """
    known = getattr(request, "caller", None)
    if isinstance(known, Caller):
        return known
    caller = _identify(request.META.get("HTTP_AUTHORIZATION", ""))
    request.caller = caller  # type: ignore[attr-defined]
    return caller


def require(request: HttpRequest, scope: str) -> Caller:
    """Return the caller, who has `scope`.

    Raises UnauthorizedError without a token, ForbiddenError without the scope.
    """
    caller = authenticate(request)
    if not caller.is_authenticated:
        raise UnauthorizedError(scope=scope)
    if scope not in caller.scopes:
        raise _insufficient(scope)
    return caller


def _insufficient(scope: str) -> ForbiddenError:
    challenge = f'Bearer realm="kade", error="insufficient_scope", scope="{scope}"'
    return ForbiddenError(
        f"This token lacks the scope {scope}.", headers={"WWW-Authenticate": challenge}
    )


def _identify(header: str) -> Caller:
    if not header:
        return ANONYMOUS
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthorizedError("Send 'Authorization: Bearer' and a token.")
    token = _find(credentials.strip())
    if token is None:
        raise UnauthorizedError("This token is not valid.", error="invalid_token")
    return Caller(token.account.name, frozenset(token.scopes), token.id)


def _find(credentials: str) -> Token | None:
    prefix, _, rest = credentials.partition("_")
    token_id, _, secret = rest.partition("_")
    if prefix != PREFIX or not secret or len(credentials) > _MAX_HEADER:
        return None
    if not credentials.isascii() or "\0" in credentials:
        return None
    token = Token.objects.select_related("account").filter(id=token_id).first()
    now = timezone.now()
    if token is None or not compare_digest(bytes(token.digest), digest_of(secret)):
        return None
    if not token.is_valid(now):
        return None
    _note_use(token, now)
    return token


def _note_use(token: Token, now: datetime) -> None:
    if token.last_used_at and now - token.last_used_at < _COARSE:
        return
    if is_replica(connection):
        return  # it can be noted when there is a primary again
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _COARSE)
    Token.objects.filter(stale, id=token.id).update(last_used_at=now)
