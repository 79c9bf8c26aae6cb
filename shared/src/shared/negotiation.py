"""Which of the offered media types a client prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_MAX_RANGES = 32
_MAX_LENGTH = 2000

Range = tuple[str, frozenset[str], float]


def preferred(accept_header: str, offered: Sequence[str]) -> str | None:
    """Return the offered type that the client wants most, or None for none.

    No header means anything. A range that cannot be read counts as absent; of equal
    wishes the type offered first wins.
    """
    return _preferred(accept_header[:_MAX_LENGTH], tuple(offered))


@lru_cache(maxsize=512)
def _preferred(accept_header: str, offered: tuple[str, ...]) -> str | None:
    ranges = _parse(accept_header)
    if not ranges:
        return offered[0] if offered else None
    wishes = [(_quality(ranges, media_type), media_type) for media_type in offered]
    best = max((quality for quality, _ in wishes), default=0.0)
    if best <= 0:
        return None
    return next(media_type for quality, media_type in wishes if quality == best)


def _parse(accept_header: str) -> list[Range]:
    parts = accept_header.lower().split(",")[:_MAX_RANGES]
    return [found for part in parts if (found := _parse_range(part)) is not None]


def _parse_range(text: str) -> Range | None:
    media_range, *parameters = (part.strip() for part in text.split(";"))
    major, slash, minor = media_range.partition("/")
    if not (slash and major and minor) or (major == "*" and minor != "*"):
        return None
    named = frozenset(p for p in parameters if p and not p.startswith("q="))
    weights = [p[2:] for p in parameters if p.startswith("q=")]
    return media_range, named, _parse_weight(weights[0]) if weights else 1.0


def _parse_weight(text: str) -> float:
    """Return the weight; one that is not a number from 0 to 1 refuses the range."""
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(text) <= 5):
        return 0.0
    return min(float(text), 1.0)


def _quality(ranges: Sequence[Range], media_type: str) -> float:
    """Return the weight of the most specific range that fits."""
    name, *parameters = (part.strip() for part in media_type.lower().split(";"))
    fits = [
        (_specificity(media_range, named), weight)
        for media_range, named, weight in ranges
        if _covers(media_range, name) and named <= frozenset(parameters)
    ]
    return max(fits)[1] if fits else 0.0


def _covers(media_range: str, name: str) -> bool:
    if media_range in {"*/*", name}:
        return True
    return media_range.endswith("/*") and name.startswith(media_range[:-1])


def _specificity(media_range: str, named: frozenset[str]) -> int:
    wildcards = media_range.count("*")
    return (2 - wildcards) * 100 + len(named)
