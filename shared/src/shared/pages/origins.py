"""Origins out of URLs that nobody vouches for, fit for a Content-Security-Policy.

A document says where its servers are; the page that tries them out must allow just
these. What is written in the header is built from parsed parts, never copied.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import SplitResult, urlsplit

_LONGEST_URL = 2048
_LOOKED_AT = 100
_DEFAULT_PORTS = {"http": 80, "https": 443}
# What RFC 3986 has no place for, and what urlsplit would drop in silence.
_UNFIT = re.compile(r"[\x00-\x20\x7f\\\"'<>^`|;,*]")
# CSP 3 §2.3.1 host-part: labels of letters, digits and hyphens; an IPv6 address
# does not fit in it.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z", re.ASCII)


def origins(urls: Iterable[str], *, limit: int = 10) -> tuple[str, ...]:
    """Give the distinct http(s) origins of the URLs, at most `limit`, in order.

    A URL with user information, an odd host, a bad port or anything that is not
    http or https gives nothing; so does a relative one (it is the page's own
    business what that is relative to). At most the first 100 URLs are looked at.
    """
    found = (origin_of(url) for url in islice(urls, _LOOKED_AT))
    return tuple(dict.fromkeys(origin for origin in found if origin))[:limit]


def origin_of(url: object) -> str | None:
    """Give the origin of one URL (RFC 6454 §6.2), or None where it has no fit one."""
    if not isinstance(url, str) or len(url) > _LONGEST_URL or _UNFIT.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts)
    except (ValueError, UnicodeError):
        return None
    if host is None or parts.scheme not in _DEFAULT_PORTS or port == 0:
        return None
    if port is None or port == _DEFAULT_PORTS[parts.scheme]:
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"


def _ascii_host(parts: SplitResult) -> str | None:
    if parts.username is not None or parts.password is not None or not parts.hostname:
        return None
    host = parts.hostname.encode("idna").decode("ascii").lower()
    if not _HOST.match(host) or not _is_name_or_ipv4(host):
        return None
    return host


def _is_name_or_ipv4(host: str) -> bool:
    """Tell whether a host that ends in a number is a whole IPv4 address.

    WHATWG URL §3.5: browsers read `127.1` and `0x7f.1` as addresses.
    """
    last = host.rpartition(".")[2]
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last):
        return True
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True
