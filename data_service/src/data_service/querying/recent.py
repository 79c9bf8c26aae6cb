"""Pointers that were read a moment ago, by the addresses of tables (ADR 0035).

Where requests come by the thousand, the next one is spared the question that the last
one asked a millisecond before.
"""

from __future__ import annotations

from math import inf
from time import monotonic

from django.conf import settings

from .addresses import Address, Place
from .snapshots import Served

_MOST_TABLES = 1000
_Sight = tuple[float, tuple[Served, ...]]
_NEVER: _Sight = (-inf, ())
_seen: dict[tuple[str, ...], _Sight] = {}


def recently_served(address: Address) -> tuple[Served, ...]:
    """Give what was served WEB_POINTER_MS ago at most; () where nobody looked.

    No dataset lies below a table (importing/clashes.py): a row is where its table is.
    """
    if not settings.WEB_POINTER_MS:
        return ()
    segments = address.segments
    earliest = monotonic() - settings.WEB_POINTER_MS / 1000
    for table in (segments, segments[:-1]):
        when, versions = _seen.get(table, _NEVER)
        if when > earliest:
            return versions
    return ()


def saw(
    address: Address, place: Place, versions: tuple[Served, ...], *, when: float
) -> None:
    """Keep what a table's address led to; `when` is just before it was asked."""
    if not address.exact:
        return  # which of the segments are the row's is not sure
    if len(_seen) >= _MOST_TABLES:
        _seen.clear()
    segments = address.segments if place.key is None else address.segments[:-1]
    _seen[segments] = when, versions


def forget() -> None:
    """Forget all, as a process that begins."""
    _seen.clear()
