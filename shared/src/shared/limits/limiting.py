"""Limits that are exact over all processes and machines, in one statement each.

A caller has a budget of a minute. Every request spends its share (60 s / per_minute)
on from `spent_until`; when that would pass a minute from now, it is refused. So a burst
of `per_minute` passes at once, and after it one request per share (the generic cell
rate algorithm), and the table holds one timestamp per caller.
"""

from __future__ import annotations

import math
from hashlib import blake2b

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from shared.databases import is_replica
from shared.problems import TooManyRequestsError

_PERIOD = 60.0

_SPEND = """
    INSERT INTO request_limit AS known (key, spent_until)
    VALUES (%(key)s, clock_timestamp() + %(share)s * interval '1 s')
    ON CONFLICT (key) DO UPDATE SET spent_until =
        greatest(known.spent_until, clock_timestamp()) + %(share)s * interval '1 s'
    WHERE known.spent_until
        <= clock_timestamp() + (%(period)s - %(share)s) * interval '1 s'
    RETURNING 0
"""
_WAIT = """
    SELECT extract(epoch FROM spent_until - clock_timestamp())
    FROM request_limit WHERE key = %(key)s
"""
_FORGET = "DELETE FROM request_limit WHERE spent_until < clock_timestamp()"


def limit(key: str, *, per_minute: int) -> None:
    """Spend one request of `key`; 0 per minute means that there is no limit.

    Raises TooManyRequestsError with the seconds to wait.
    """
    if per_minute <= 0:
        return
    share = _PERIOD / per_minute
    values: dict[str, str | float] = {
        "key": _hidden(key),
        "share": share,
        "period": _PERIOD,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, values)
        if cursor.fetchone():
            return
        cursor.execute(_WAIT, values)
        spent = float((cursor.fetchone() or (0.0,))[0])
    wait = max(1, math.ceil(spent - _PERIOD + share))
    raise TooManyRequestsError(
        f"At most {per_minute} a minute; try again in {wait} s.", retry_after=wait
    )


def limit_writes(request: HttpRequest) -> None:
    """Count a write of the client against WRITES_PER_MINUTE."""
    limit(f"write {client_of(request)}", per_minute=settings.WRITES_PER_MINUTE)


def limit_searches(request: HttpRequest) -> None:
    """Count a search of the client against SEARCHES_PER_MINUTE.

    A replica cannot count: while the primary is away, searching goes on without.
    """
    if is_replica(connection):
        return
    limit(f"search {client_of(request)}", per_minute=settings.SEARCHES_PER_MINUTE)


def forget_spent_limits() -> int:
    """Remove the callers who have their whole budget again; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        return int(cursor.rowcount)


def client_of(request: HttpRequest) -> str:
    """Return who asks: the service account when known, else the address.

    Of X-Forwarded-For only what our own proxies wrote counts (TRUSTED_PROXIES of
    them, from the right); the rest is whatever the client says.
    """
    caller = getattr(request, "caller", None)
    if caller and caller.name:
        return f"account {caller.name}"
    proxies: int = settings.TRUSTED_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(hops) >= proxies:
        return f"address {hops[-proxies].strip()}"
    return f"address {request.META.get('REMOTE_ADDR', '')}"


def _hidden(key: str) -> str:
    """Return the key without the address in it, which is personal data."""
    secret = settings.SECRET_KEY.encode()[:64]
    return blake2b(key.encode(), key=secret, digest_size=16).hexdigest()
