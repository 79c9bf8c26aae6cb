"""The formats of texts and numbers that are checked; others are only words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from ipaddress import IPv4Address, IPv6Address

# RFC 3339 §5.6, but the offset may be absent: most validators let that pass.
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
_OFFSET = r"(?:z|Z|[+-][0-9]{2}:?[0-9]{2})"
_DATE_TIME = re.compile(rf"({_DATE})[tT ]{_TIME}{_OFFSET}?")
_UUID = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.I)


def fits_format(name: str, value: object) -> bool:
    """Tell whether a value has the format, as far as the format is known."""
    if isinstance(value, str):
        return name not in _TEXTS or _TEXTS[name](value)
    if isinstance(value, int) and not isinstance(value, bool) and name in _BITS:
        return -(1 << _BITS[name]) <= value < (1 << _BITS[name])
    return True


def _is_date(text: str) -> bool:
    if not re.fullmatch(_DATE, text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return text.startswith("0000")


def _is_date_time(text: str) -> bool:
    found = _DATE_TIME.fullmatch(text)
    return found is not None and _is_date(found.group(1))


def _is_email(text: str) -> bool:
    name, _, host = text.rpartition("@")
    return bool(name) and "." in host and not re.search(r"\s", text)


def _is_address(kind: type[IPv4Address] | type[IPv6Address]) -> Callable[[str], bool]:
    def is_address(text: str) -> bool:
        try:
            return bool(kind(text))
        except ValueError:
            return False

    return is_address


_TEXTS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "uuid": lambda text: bool(_UUID.fullmatch(text)),
    "uri": lambda text: bool(_URI.fullmatch(text)),
    "email": _is_email,
    "ipv4": _is_address(IPv4Address),
    "ipv6": _is_address(IPv6Address),
}
_BITS = {"int32": 31, "int64": 63}
