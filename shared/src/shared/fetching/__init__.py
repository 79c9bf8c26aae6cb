"""Fetch a URL that somebody else wrote, without becoming their tool.

Addresses are resolved once, checked, and connected to as checked; time, size, redirects
and encodings are bounded. See docs/adr/0010-trust-no-document.md.
"""

from .addresses import check_host
from .errors import (
    AddressRefusedError,
    BodyError,
    DeadlineError,
    FetchError,
    RedirectRefusedError,
    StatusError,
    TooLargeError,
    UnreachableError,
    UrlRefusedError,
)
from .following import Fetched, check_place, fetch
from .limits import Limits
from .targets import check_port, check_url, origin_of

__all__ = [
    "AddressRefusedError",
    "BodyError",
    "DeadlineError",
    "FetchError",
    "Fetched",
    "Limits",
    "RedirectRefusedError",
    "StatusError",
    "TooLargeError",
    "UnreachableError",
    "UrlRefusedError",
    "check_host",
    "check_place",
    "check_port",
    "check_url",
    "fetch",
    "origin_of",
]
